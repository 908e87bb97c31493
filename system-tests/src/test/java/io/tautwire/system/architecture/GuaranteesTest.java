package io.tautwire.system.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the pages that say which test holds which promise to the tests there are. */
final class GuaranteesTest {
    private static final Path ROOT = Path.of(System.getProperty("basedir", "."), "..");
    private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z]*Test)`");
    private static final String SUFFIX = ".java";
    private static final int FEWEST = 20;

    @Test
    void everyTestNamedAsHoldingAPromiseExists() throws IOException {
        final Set<String> named = new TreeSet<>(named("docs/guarantees.md"));
        assertTrue(named.size() >= FEWEST, "named=" + named);
        named.addAll(named("system-tests/README.md"));
        named.removeAll(tests());
        assertEquals(Set.of(), named, "no such test");
    }

    private static Set<String> named(String page) throws IOException {
        return TEST.matcher(Files.readString(ROOT.resolve(page)))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    private static Set<String> tests() throws IOException {
        try (Stream<Path> files = Files.find(
                ROOT,
                16,
                (file, attributes) -> file.toString().contains("src/test/java") && attributes.isRegularFile())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .collect(Collectors.toSet());
        }
    }
}
