package io.tautwire.system.sim;

import io.tautwire.codec.sbe.AckLevel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * What a server's journal held during one life of the server, written down frame by frame as it came, before anything
 * could be dropped. A life that goes on with the journal of the one before begins with what of it survived.
 */
final class JournalView {
    private final int life;
    private final long journalId;
    private final JournalView before;
    private final long commonEnd;
    private final AckLevel lowest;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<Long, Map<Long, Entry>> byCommand = new HashMap<>();
    private final Map<Long, Long> lastSequence = new HashMap<>();
    private BiPredicate<Entry, AckLevel> keeps = (entry, level) -> true;
    private long end;

    /**
     * A life's view.
     *
     * @param life      its number, from 1 on.
     * @param journalId as its bookmarks say.
     * @param before    that this one goes on from; null for an empty journal.
     * @param commonEnd what lies below is as it was before.
     * @param lowest    the lowest ack level that was to survive how the life before ended; null where none was.
     */
    JournalView(int life, long journalId, JournalView before, long commonEnd, AckLevel lowest) {
        this.life = life;
        this.journalId = journalId;
        this.before = before;
        this.commonEnd = commonEnd;
        this.lowest = lowest;
        if (before != null) {
            before.entries.stream().filter(entry -> entry.end() <= commonEnd).forEach(this::remember);
        }
    }

    int life() {
        return life;
    }

    long journalId() {
        return journalId;
    }

    /** In the order of positions. */
    List<Entry> entries() {
        return entries;
    }

    /** Where the last message ends. */
    long end() {
        return end;
    }

    /** The message that a command became; null when it was never appended. */
    Entry find(long incarnation, long sequence) {
        return byCommand.getOrDefault(incarnation, Map.of()).get(sequence);
    }

    long lastSequence(long incarnation) {
        return lastSequence.getOrDefault(incarnation, 0L);
    }

    /** Index of the first entry that begins at or after a position. */
    int indexOf(long position) {
        int low = 0;
        int high = entries.size();
        while (low < high) {
            final int middle = (low + high) >>> 1;
            if (entries.get(middle).position() < position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Up to where this view and one of the same or an earlier life are the same; zero for another journal. */
    long commonEnd(JournalView earlier) {
        long common = Long.MAX_VALUE;
        for (JournalView view = this; view != null; view = view.before) {
            if (view == earlier) {
                return common;
            }
            common = Math.min(common, view.commonEnd);
        }
        return 0;
    }

    /** Whether what an earlier life acknowledged at a level may be lost to this one. */
    boolean mayLack(JournalView earlier, AckLevel level) {
        for (JournalView view = this; view != null && view != earlier; view = view.before) {
            if (view.lowest == null || view.lowest.value() > level.value()) {
                return true;
            }
        }
        return false;
    }

    /** How to find out whether a message is kept as a level says, for as long as this life lasts. */
    void keptBy(BiPredicate<Entry, AckLevel> asked) {
        keeps = asked;
    }

    boolean keeps(Entry entry, AckLevel level) {
        return keeps.test(entry, level);
    }

    /** A message was appended. */
    void append(Entry entry, Ledger ledger) {
        Broken.unless(entry.position() >= end, Promise.ORDER, () -> entry + " lies before the journal's end=" + end);
        final Entry twin = find(entry.incarnation(), entry.sequence());
        Broken.unless(twin == null, Promise.ONCE, () -> entry + " was appended before, as " + twin);
        final long last = lastSequence(entry.incarnation());
        Broken.unless(entry.sequence() > last, Promise.ORDER, () -> entry + " came after sequence=" + last);
        ledger.checkAppended(entry, last);
        remember(entry);
    }

    private void remember(Entry entry) {
        entries.add(entry);
        byCommand.computeIfAbsent(entry.incarnation(), key -> new HashMap<>()).put(entry.sequence(), entry);
        lastSequence.put(entry.incarnation(), entry.sequence());
        end = entry.end();
    }

    @Override
    public String toString() {
        return "journal of server life " + life;
    }
}
