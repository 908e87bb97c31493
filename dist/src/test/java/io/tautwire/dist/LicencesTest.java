package io.tautwire.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever takes the archive gets the licence of every library in it. A new library fails here until it has its row in
 * {@code dist/src/main/licenses/LIST.txt}, and its text beside it unless it is in the jar.
 */
@DisabledOnOs(OS.WINDOWS)
final class LicencesTest {
    private static final Pattern TEXT = Pattern.compile("META-INF/([^/]*(LICENSE|NOTICE)[^/]*|license/[^/]+)");

    @TempDir
    static Path directory;

    private static Path licences;
    private static Path libraries;
    private static List<Row> rows;
    private static List<Path> jars;

    private record Row(String library, String version, String licence, List<String> texts) {
        static Row of(String line) {
            final String[] cells = line.split(" \\| ");
            assertEquals(4, cells.length, line);
            return new Row(cells[0], cells[1], cells[2], List.of(cells[3].split(", ")));
        }

        /** With a classifier (the machine that a native library is for) or without. */
        boolean isOf(Path jar) {
            return jar.getFileName().toString().matches(Pattern.quote(library + "-" + version) + "(-[a-z].*)?\\.jar");
        }
    }

    @BeforeAll
    static void unpack() throws IOException, InterruptedException {
        final Installed installed = Installed.into(directory);
        licences = installed.home().resolve("licenses");
        libraries = installed.home().resolve("lib");
        rows = Files.readAllLines(licences.resolve("LIST.txt")).stream()
                .filter(line -> line.contains(" | "))
                .skip(1)
                .map(Row::of)
                .toList();
        jars = installed.names("lib").stream()
                .filter(name -> name.endsWith(".jar") && !name.startsWith("tautwire"))
                .map(libraries::resolve)
                .toList();
    }

    private static Row rowOf(Path jar) {
        return rows.stream().filter(row -> row.isOf(jar)).findFirst().orElseThrow();
    }

    /** The files that a row names: a file, or all in a folder. */
    private static List<Path> texts(Row row) throws IOException {
        final List<Path> found = new ArrayList<>();
        for (final String name : row.texts()) {
            try (Stream<Path> files = Files.walk(licences.resolve(name))) {
                files.filter(Files::isRegularFile).forEach(found::add);
            }
        }
        return found;
    }

    @Test
    void everyLibraryHasOneRowAndEveryRowALibrary() {
        for (final Path jar : jars) {
            assertEquals(1, rows.stream().filter(row -> row.isOf(jar)).count(), () -> "rows of " + jar.getFileName());
        }
        for (final Row row : rows) {
            assertTrue(jars.stream().anyMatch(row::isOf), row::toString);
        }
    }

    @Test
    void everyRowNamesALicenceAndATextThatIsThere() throws IOException {
        for (final Row row : rows) {
            assertTrue(row.licence().matches("[A-Za-z0-9.-]+( (AND|OR) [A-Za-z0-9.-]+)*"), row::toString);
            for (final Path text : texts(row)) {
                assertTrue(Files.size(text) > 0, text::toString);
            }
        }
    }

    @Test
    void everyTextIsNamed() throws IOException {
        final String list = Files.readString(licences.resolve("LIST.txt"));
        final List<Path> named = new ArrayList<>(List.of(licences.resolve("LIST.txt")));
        for (final Row row : rows) {
            named.addAll(texts(row));
        }
        try (Stream<Path> files = Files.walk(licences)) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                final String name = licences.relativize(file).toString();
                assertTrue(named.contains(file) || list.contains(name), name);
            }
        }
    }

    @Test
    void whatAJarSaysOfItsLicenceIsAmongItsTexts() throws IOException {
        for (final Path jar : jars) {
            final List<byte[]> texts = new ArrayList<>();
            for (final Path text : texts(rowOf(jar))) {
                texts.add(Files.readAllBytes(text));
            }
            try (JarFile file = new JarFile(jar.toFile())) {
                for (final ZipEntry entry : file.stream()
                        .filter(entry -> TEXT.matcher(entry.getName()).matches())
                        .toList()) {
                    final byte[] text = file.getInputStream(entry).readAllBytes();
                    assertTrue(
                            texts.stream().anyMatch(known -> Arrays.equals(known, text)),
                            () -> jar.getFileName() + " " + entry.getName());
                }
            }
        }
    }
}
