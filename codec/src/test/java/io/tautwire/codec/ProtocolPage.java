package io.tautwire.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code docs/protocol.md} as a machine reads it: rows of tables below a heading, and the bytes of its examples. */
final class ProtocolPage {
    private static final Pattern HEX_LINE = Pattern.compile("([0-9a-f]{4})  ([0-9a-f]{2}(?: [0-9a-f]{2})*)(?:  .*)?");

    private final List<String> lines;

    private ProtocolPage(List<String> lines) {
        this.lines = lines;
    }

    static ProtocolPage read() throws IOException {
        return new ProtocolPage(Files.readAllLines(Path.of("..", "docs", "protocol.md")));
    }

    /** Cells of the first table below a heading, without its two head lines. */
    List<String[]> table(String heading) {
        final List<String[]> rows = new ArrayList<>();
        for (final String line : lines.subList(indexOf(heading) + 1, lines.size())) {
            if (line.startsWith("|")) {
                rows.add(line.substring(1).trim().split("\\s*\\|\\s*"));
            } else if (!rows.isEmpty() || line.startsWith("#")) {
                break;
            }
        }
        return rows.subList(Math.min(2, rows.size()), rows.size());
    }

    /** Headings that match, in order, with their match. */
    List<Matcher> headings(String regex) {
        final List<Matcher> found = new ArrayList<>();
        for (final String line : lines) {
            final Matcher matcher = Pattern.compile("#+ " + regex).matcher(line);
            if (matcher.matches()) {
                found.add(matcher);
            }
        }
        return found;
    }

    /** Examples by the bold words that begin the paragraph before them. */
    Map<String, byte[]> examples() {
        final Map<String, byte[]> examples = new LinkedHashMap<>();
        String name = "";
        ByteArrayOutputStream bytes = null;
        for (final String line : lines.subList(indexOf("## 13. Worked example"), lines.size())) {
            final Matcher hex = HEX_LINE.matcher(line);
            if (line.startsWith("**")) {
                name = line.substring(2, line.indexOf("**", 2));
            } else if (line.startsWith("```") && bytes == null) {
                bytes = new ByteArrayOutputStream();
            } else if (line.startsWith("```")) {
                examples.put(name, bytes.toByteArray());
                bytes = null;
            } else if (bytes != null && hex.matches()) {
                append(bytes, hex);
            }
        }
        return examples;
    }

    private static void append(ByteArrayOutputStream bytes, Matcher hex) {
        if (Integer.parseInt(hex.group(1), 16) != bytes.size()) {
            throw new AssertionError("offset " + hex.group(1) + " in the page, bytes before it: " + bytes.size());
        }
        for (final String value : hex.group(2).split(" ")) {
            bytes.write(Integer.parseInt(value, 16));
        }
    }

    private int indexOf(String heading) {
        final int index = lines.indexOf(heading);
        if (index < 0) {
            throw new AssertionError("docs/protocol.md has no line '" + heading + "'");
        }
        return index;
    }
}
