package io.tautwire.system.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

/** What a {@link Publisher} wrote down, checked for itself: outcomes in order, without gaps, each sequence once. */
record Ledger(long incarnation, long acknowledgedTo, int logons, int replaced, long published) {
    /** Reads a ledger; a process that was killed leaves {@code published} 0 and perhaps a torn last line. */
    static Ledger of(List<String> lines, boolean wasKilled) {
        long incarnation = 0;
        long acknowledgedTo = 0;
        int logons = 0;
        int replaced = 0;
        long published = 0;
        final List<String> whole = wasKilled ? lines.subList(0, Math.max(0, lines.size() - 1)) : lines;
        for (final String line : whole) {
            final String[] words = line.split(" ");
            switch (words[0]) {
                case "incarnation" -> incarnation = Long.parseLong(words[1]);
                case "logon" -> logons++;
                case "replaced" -> replaced++;
                case "ack" -> {
                    assertEquals("OK", words[3]);
                    assertEquals(acknowledgedTo + 1, Long.parseLong(words[1]), line);
                    acknowledgedTo = Long.parseLong(words[2]);
                }
                case "done" -> {
                    published = Long.parseLong(words[1]);
                    assertEquals(published, Long.parseLong(words[2]), line);
                    assertEquals("0", words[3], line);
                }
                default -> assertTrue(line.isEmpty(), line);
            }
        }
        return new Ledger(incarnation, acknowledgedTo, logons, replaced, published);
    }
}
