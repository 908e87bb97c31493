package io.tautwire.system.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;

/** What the lives of a {@link StorePublisher} over one store wrote down, checked against each other. */
final class StoreLedger {
    private long incarnation;
    private long acknowledgedTo;
    private long offeredTo;
    private long last;

    /** Adds the next life; one that was killed may have torn its last line. */
    StoreLedger add(List<String> lines, boolean wasKilled) {
        final List<String> whole = wasKilled ? lines.subList(0, Math.max(0, lines.size() - 1)) : lines;
        long toldTo = 0;
        for (final String line : whole) {
            final String[] words = line.split(" ");
            switch (words[0]) {
                case "begin" -> {
                    toldTo = Long.parseLong(words[2]) - 1;
                    begin(Long.parseLong(words[1]), line);
                }
                case "ack" -> {
                    assertEquals("OK", words[3], line);
                    assertEquals(toldTo + 1, Long.parseLong(words[1]), line);
                    toldTo = Long.parseLong(words[2]);
                }
                case "offered" -> offeredTo = Math.max(offeredTo, Long.parseLong(words[1]));
                case "done" -> last = Long.parseLong(words[1]);
                default -> fail(line);
            }
        }
        acknowledgedTo = Math.max(acknowledgedTo, toldTo);
        return this;
    }

    long incarnation() {
        return incarnation;
    }

    /** The last command that it was told of. */
    long acknowledgedTo() {
        return acknowledgedTo;
    }

    /** The last command of all, after a life that came to its end. */
    long last() {
        assertTrue(last >= offeredTo && last == acknowledgedTo, () -> "" + this);
        return last;
    }

    @Override
    public String toString() {
        return "incarnation=" + incarnation + " acknowledgedTo=" + acknowledgedTo + " offeredTo=" + offeredTo + " last="
                + last;
    }

    private void begin(long with, String line) {
        assertTrue(incarnation == 0 || incarnation == with, line);
        incarnation = with;
    }
}
