package io.tautwire.system.sim;

import io.tautwire.codec.topic.TopicPattern;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What one subscription was given, held against the journal as it comes: every matching message from where it began,
 * in order, once; what is missing was told as a gap.
 */
final class Deliveries {
    private final String name;
    private final TopicPattern pattern;
    private final Map<String, Boolean> matches = new HashMap<>();
    private final Map<Long, Long> seen = new HashMap<>();
    private JournalView view;
    private long heardFrom;
    private long heardTo;
    private int received;
    private int gaps;

    Deliveries(String name, TopicPattern pattern) {
        this.name = name;
        this.pattern = pattern;
    }

    int received() {
        return received;
    }

    int gaps() {
        return gaps;
    }

    /** A session has confirmed it: it begins at a position there, or goes on where it was. */
    void begin(JournalView of, long position) {
        final boolean goesOn = view != null && of.journalId() == view.journalId();
        heardTo = goesOn ? Math.min(heardTo, of.commonEnd(view)) : position;
        view = of;
    }

    /** A message came. */
    void message(long position, long end, long incarnation, long sequence) {
        final int index = view.indexOf(position);
        final Entry entry = index < view.entries().size() ? view.entries().get(index) : null;
        Broken.unless(
                entry != null
                        && entry.position() == position
                        && entry.incarnation() == incarnation
                        && entry.sequence() == sequence
                        && matches(entry),
                Promise.ONLY_WHAT_IS_THERE,
                () -> name + " was given sequence=" + sequence + " at position=" + position + " where the " + view
                        + " has " + entry);
        Broken.unless(
                position >= heardTo && !isDealtWith(entry),
                Promise.GAP_FREE_PREFIX,
                () -> name + " was given " + entry + " again or late, after position=" + heardTo);
        checkNothingMissed(position, "given " + entry);
        seen.put(incarnation, sequence);
        heardFrom = position;
        heardTo = end;
        received++;
    }

    /**
     * It was told that it missed what lies between two positions: from the last message that it was given on, for a
     * server that no longer has that does not know where it ended.
     */
    void gap(long from, long to) {
        Broken.unless(
                from >= Math.min(heardFrom, heardTo) && to >= heardTo,
                Promise.GAP_FREE_PREFIX,
                () -> name + " was told of a gap from " + from + " to " + to + " after position=" + heardTo);
        checkNothingMissed(from, "told of a gap from " + from);
        heardTo = to;
        gaps++;
    }

    /** It was told that it has caught up with what is appended from a position on. */
    void live(long from) {
        checkNothingMissed(from, "told to be live from " + from);
    }

    /** Nothing more will come: it must have had all there is. */
    void checkComplete() {
        checkNothingMissed(view.end(), "at rest");
    }

    private void checkNothingMissed(long before, String when) {
        for (int i = view.indexOf(heardTo);
                i < view.entries().size() && view.entries().get(i).position() < before;
                i++) {
            final Entry entry = view.entries().get(i);
            Broken.unless(
                    !matches(entry) || isDealtWith(entry),
                    Promise.GAP_FREE_PREFIX,
                    () -> name + " missed " + entry + " before it was " + when);
        }
    }

    /** Whether it was given before, or comes again from before what it was given of this incarnation. */
    private boolean isDealtWith(Entry entry) {
        return seen.getOrDefault(entry.incarnation(), 0L) >= entry.sequence();
    }

    private boolean matches(Entry entry) {
        return matches.computeIfAbsent(entry.topic(), topic -> {
            final byte[] bytes = topic.getBytes(StandardCharsets.UTF_8);
            return pattern.matches(new UnsafeBuffer(bytes), 0, bytes.length);
        });
    }
}
