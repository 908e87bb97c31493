package io.tautwire.transport.connection;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds docs/connection-strings.md to what the code declares and parses. */
class DocumentationTest {
    private static final Path PAGE = Path.of(System.getProperty("basedir", "."), "..", "docs", "connection-strings.md");

    @Test
    void listsEveryOptionAsDeclared() throws IOException {
        final String table = between("<!-- options: checked against ConnectionOption by a test -->\n", "<!-- end");
        assertEquals(table(), table, "the table should be:\n" + table());
    }

    @Test
    void saysThatNoDelayDiffersFromAmpsOnPurpose() {
        final String row = row(ConnectionOption.TCP_NODELAY);
        assertTrue(row.contains("`true`") && row.contains("Differs on purpose from AMPS"), row);
    }

    @Test
    void givesExamplesThatParse() throws IOException {
        final List<String> clients = between("```client-uri\n", "```").lines().toList();
        final List<String> listeners =
                between("```listener-uri\n", "```").lines().toList();
        assertEquals(schemes(clients), schemes(listeners));
        clients.forEach(uri -> assertDoesNotThrow(() -> ConnectionString.parse(uri), uri));
        listeners.forEach(uri -> assertDoesNotThrow(() -> ConnectionString.parseListener(uri), uri));
    }

    private static List<String> schemes(List<String> uris) {
        final List<String> found =
                Arrays.stream(Scheme.values()).map(Scheme::word).toList();
        assertTrue(found.stream().allMatch(word -> uris.stream().anyMatch(uri -> uri.startsWith(word + "://"))));
        return found;
    }

    private static String between(String start, String end) throws IOException {
        final String page = Files.readString(PAGE);
        final int from = page.indexOf(start) + start.length();
        assertTrue(from > start.length(), start + " in " + PAGE);
        return page.substring(from, page.indexOf(end, from));
    }

    private static String table() {
        return Stream.concat(
                        Stream.of(
                                "| option | value | default | schemes | string of | meaning |",
                                "|---|---|---|---|---|---|"),
                        Arrays.stream(ConnectionOption.values()).map(DocumentationTest::row))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String row(ConnectionOption option) {
        final String schemes = option.schemes().stream().map(Scheme::word).collect(Collectors.joining(", "));
        return String.join(
                " | ",
                "| `" + option.optionName() + "`",
                option.accepted(),
                option.defaultText() == null ? "none" : "`" + option.defaultText() + "`",
                schemes,
                option.side() == Side.BOTH ? "client, listener" : option.side().word(),
                option.meaning() + " |");
    }
}
