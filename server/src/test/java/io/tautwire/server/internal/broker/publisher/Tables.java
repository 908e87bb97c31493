package io.tautwire.server.internal.broker.publisher;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Compares tables of publishers. */
public final class Tables {
    private Tables() {}

    /**
     * All that a table says of those that the journal tells of, in words.
     *
     * @param knowing whose publishers' knowledge of outcomes counts: that is in no frame.
     */
    public static Map<String, String> describe(PublisherTable table, PublisherTable knowing) {
        final Map<Identity, Long> confirmed = new HashMap<>();
        knowing.forEachJournaled(publisher -> confirmed.put(publisher.identity(), publisher.confirmedBelow()));
        final Map<String, String> described = new TreeMap<>();
        table.forEachJournaled(publisher -> described.put(
                publisher.identity().toString(),
                describe(publisher, confirmed.getOrDefault(publisher.identity(), publisher.confirmedBelow()))));
        return described;
    }

    private static String describe(Publisher publisher, long confirmedBelow) {
        final StringBuilder text = new StringBuilder("handled=" + publisher.handled() + " published="
                + publisher.hasPublished() + " open=" + publisher.isOpen());
        publisher.confirmBelow(confirmedBelow);
        final Outcome outcome = new Outcome();
        long next = confirmedBelow;
        while (next <= publisher.handled()) {
            publisher.outcome(next, publisher.handled(), outcome);
            text.append("; ").append(outcome.toSequence()).append(' ').append(outcome.code());
            text.append(' ').append(outcome.reason());
            next = outcome.toSequence() + 1;
        }
        return text.toString();
    }
}
