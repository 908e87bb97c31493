package io.tautwire.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LineReaderTest {
    private static List<String> lines(String input) throws IOException {
        final LineReader reader = new LineReader(new ByteArrayInputStream(input.getBytes(UTF_8)), 1 << 20);
        final List<String> lines = new ArrayList<>();
        while (reader.next()) {
            lines.add(new String(reader.bytes(), 0, (int) reader.length(), UTF_8));
        }
        return lines;
    }

    @Test
    void lineEndsAreNoPartOfALine() throws IOException {
        assertEquals(List.of("a", "b", "", "c\rd", "e"), lines("a\nb\r\n\nc\rd\ne"));
    }

    @Test
    void theLastLineEndMayBeMissing() throws IOException {
        assertEquals(List.of("a"), lines("a"));
        assertEquals(List.of("a"), lines("a\n"));
        assertEquals(List.of(), lines(""));
        assertEquals(List.of(""), lines("\n"));
    }

    @Test
    void aLineMaySpanManyReads() throws IOException {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final List<String> expected = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            expected.add("x".repeat(random.nextInt(3_000) * (random.nextInt(10) == 0 ? 100 : 1)));
        }
        assertEquals(expected, lines(String.join("\r\n", expected) + "\n"), "seed=" + seed);
    }

    @Test
    void ofALineThatIsTooLongOnlyTheLengthIsKept() throws IOException {
        final String input = "12345\r\n123456\n" + "x".repeat(300_000) + "\n1\n";
        final LineReader reader = new LineReader(new ByteArrayInputStream(input.getBytes(UTF_8)), 5);
        assertTrue(reader.next());
        assertEquals(5, reader.length());
        assertFalse(reader.isTooLong());
        assertTrue(reader.next());
        assertTrue(reader.isTooLong());
        assertTrue(reader.next());
        assertEquals(300_000, reader.length());
        assertTrue(reader.isTooLong());
        assertTrue(reader.bytes().length <= 256);
        assertTrue(reader.next());
        assertEquals("1", new String(reader.bytes(), 0, (int) reader.length(), UTF_8));
        assertFalse(reader.next());
    }
}
