package io.tautwire.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A frame written down, byte by byte: each line is {@code offset | bytes | name = value}. The bytes were computed from
 * the schema and the frame's layout without the code under test, checksums included; they change only with the
 * protocol.
 */
final class GoldenFrame {
    static final List<GoldenFrame> ALL = load();

    final String file;
    final Template template;
    final byte[] bytes;
    final Map<String, Object> values = new LinkedHashMap<>();

    private GoldenFrame(Path path) throws IOException {
        final List<String> lines = Files.readAllLines(path);
        file = path.getFileName().toString();
        template = Template.named(
                lines.get(0).substring("# ".length(), lines.get(0).indexOf(':')));
        final ByteArrayOutputStream all = new ByteArrayOutputStream();
        final List<Object> group = new ArrayList<>();
        for (final String line : lines) {
            if (!line.startsWith("#")) {
                final String[] columns = line.split("\\|", 3);
                if (Integer.parseInt(columns[0].trim(), 16) != all.size()) {
                    throw new AssertionError(file + ": offset in \"" + line + "\" is not " + all.size());
                }
                all.write(HexFormat.of().parseHex(columns[1].replace(" ", "")));
                addValue(columns[2].trim(), group);
            }
        }
        bytes = all.toByteArray();
    }

    static GoldenFrame named(String file) {
        return ALL.stream().filter(it -> it.file.equals(file)).findFirst().orElseThrow();
    }

    private static List<GoldenFrame> load() {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/golden"))) {
            final List<GoldenFrame> frames = new ArrayList<>();
            for (final Path path : files.sorted().toList()) {
                frames.add(new GoldenFrame(path));
            }
            return List.copyOf(frames);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void addValue(String meaning, List<Object> group) {
        final String[] parts = meaning.split(" = ", 2);
        if (parts.length == 2 && parts[0].endsWith(".subscriptionId")) {
            group.add(Long.valueOf(parts[1]));
            values.put(parts[0].substring(0, parts[0].indexOf('[')), group);
        } else if (parts.length == 2 && parts[0].indexOf('.') < 0) {
            values.put(parts[0], value(parts[1]));
        }
    }

    private static Object value(String literal) {
        if (literal.startsWith("\"")) {
            return literal.substring(1, literal.length() - 1);
        }
        if (literal.startsWith("0x")) {
            return ByteBuffer.wrap(HexFormat.of().parseHex(literal.substring(2)));
        }
        return Character.isUpperCase(literal.charAt(0)) ? literal : (Object) Long.valueOf(literal);
    }

    @Override
    public String toString() {
        return file;
    }
}
