package io.tautwire.transport.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.codec.sbe.Code;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConnectionStringTableTest {
    private static final String COLUMN = " => ";

    @ParameterizedTest
    @MethodSource("good")
    void acceptsAGoodString(String line) {
        final String[] columns = line.split(COLUMN);
        final ConnectionString parsed = parse(columns[0]);
        assertEquals(columns[1], parsed.toString());
        if (!columns[1].contains(Mask.HIDDEN)) {
            assertEquals(parsed, parse(parsed.side().word() + " " + parsed));
        }
        if (columns.length == 2) {
            parsed.requireSupported();
            return;
        }
        final ConnectionStringException refused =
                assertThrows(ConnectionStringException.class, parsed::requireSupported);
        assertFaults(List.of(columns[2].split(" ")), refused);
    }

    @ParameterizedTest
    @MethodSource("bad")
    void namesEveryFaultOfABadString(String line) {
        final String[] columns = line.split(COLUMN);
        final ConnectionStringException refused =
                assertThrows(ConnectionStringException.class, () -> parse(columns[0]), line);
        assertEquals(Code.CONFIGURATION_INVALID, refused.code());
        assertTrue(
                refused.getMessage().startsWith("CONFIGURATION_INVALID: uri=" + columns[1] + ": "),
                refused::getMessage);
        assertFaults(List.of(columns[2].split(" ;; ")), refused);
        for (final String piece : List.of("secret", "sec", "ret@", "%zz@", "%zret")) {
            final boolean isSecret = columns[0].matches(".*alice:[^ ]*(sec|zret).*");
            assertFalse(isSecret && refused.getMessage().contains(piece), refused::getMessage);
        }
    }

    @Test
    void holdsSixtyOfEach() {
        assertTrue(good().count() >= 60);
        assertTrue(bad().count() >= 60);
    }

    private static void assertFaults(List<String> expected, ConnectionStringException refused) {
        final List<String> faults = refused.faults();
        assertEquals(expected.size(), faults.size(), refused::getMessage);
        for (int i = 0; i < expected.size(); i++) {
            assertTrue(faults.get(i).contains(expected.get(i)), expected.get(i) + " in " + faults.get(i));
            assertTrue(refused.getMessage().contains(faults.get(i)), refused::getMessage);
        }
    }

    private static ConnectionString parse(String sideAndUri) {
        final int blank = sideAndUri.indexOf(' ');
        final String uri = sideAndUri.substring(blank + 1).translateEscapes();
        return sideAndUri.startsWith("listener ") ? ConnectionString.parseListener(uri) : ConnectionString.parse(uri);
    }

    static Stream<String> good() {
        return lines("good.txt");
    }

    static Stream<String> bad() {
        return lines("bad.txt");
    }

    private static Stream<String> lines(String resource) {
        try (InputStream in = ConnectionStringTableTest.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#"));
        } catch (final IOException e) {
            throw new AssertionError(resource, e);
        }
    }
}
