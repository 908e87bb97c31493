package io.tautwire.client.internal.core.bookmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.tautwire.TautwireException;
import io.tautwire.codec.FrameChecksum;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.sbe.Code;
import io.tautwire.journal.Journal;
import io.tautwire.journal.JournalConfig;
import io.tautwire.journal.JournalCursor;
import io.tautwire.journal.WhenFull;
import io.tautwire.journal.memory.MemoryStorage;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class BookmarkLogTest {
    private static final long JOURNAL = 0xABC;
    private static final Room NO_PATIENCE = (refused, attempt) -> {
        throw new TautwireException(Code.STORAGE_FULL, "refused=" + refused);
    };

    private final Journal journal = journal(16);
    private MarkTable table = new MarkTable();

    BookmarkLogTest() {
        table.record(journal, NO_PATIENCE);
    }

    @Test
    void whatIsReadIsWhatWasRecorded() {
        final SubscriptionMarks orders = begin("orders", "orders/#", 1);
        final SubscriptionMarks trades = begin("trades", "trades/#", 1);
        orders.received(64, 8);
        trades.received(64, 8);
        orders.received(128, 8);
        orders.discard(1, 128);
        trades.discard(1, 64);
        assertRead();
        assertEquals(Place.at(0), read().find("orders").place());
        assertEquals(64, read().find("trades").mostRecent().position());
    }

    /** Random lives, each reading what the one before recorded, against a model that keeps every message. */
    @Test
    void anyLifeLeavesWhatTheNextOneNeeds() {
        for (long seed = 1; seed <= 30; seed++) {
            final Journal fresh = journal(64);
            new Lives(seed, fresh).run();
            fresh.close();
        }
    }

    @Test
    void theJournalStaysShortHoweverManyMessagesCome() {
        final SubscriptionMarks marks = begin("orders", "#", 0);
        marks.received(0, 8);
        for (long position = 64; position < 64 * 200_000L; position += 64) {
            marks.received(position, 8);
            marks.discard(0, position);
        }
        assertTrue(
                journal.tail() - journal.head() < 2 * BookmarkLog.MIN_BYTES_BETWEEN,
                "bytes=" + (journal.tail() - journal.head()));
        assertRead();
    }

    @Test
    void notingAndDiscardingAllocatesNothing() {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final SubscriptionMarks marks = begin("orders", "#", 0);
        final int rounds = 50_000;
        noteAndDiscard(marks, 0, rounds);
        final long before = threads.getCurrentThreadAllocatedBytes();
        noteAndDiscard(marks, rounds, 2 * rounds);
        final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < rounds, "bytes=" + allocated + " in rounds=" + rounds);
    }

    /** Out of order, with some of them open all the time. */
    private static void noteAndDiscard(SubscriptionMarks marks, int from, int to) {
        for (int i = from; i < to; i++) {
            marks.received(64L * i, 8);
            if (i % 8 == 7) {
                for (int back = 0; back < 8; back++) {
                    marks.discard(0, 64L * (i - back));
                }
            }
        }
    }

    @Test
    void withoutRoomNothingIsNotedAndLaterAllOfItIs() {
        final Journal small = journal(2);
        table = new MarkTable();
        table.record(small, NO_PATIENCE);
        final SubscriptionMarks marks = begin("orders", "#", 0);
        final List<Long> noted = new ArrayList<>();
        assertEquals(
                Code.STORAGE_FULL,
                assertThrows(TautwireException.class, () -> {
                            for (long position = 0; ; position += 64) {
                                marks.received(position, 8);
                                noted.add(position);
                            }
                        })
                        .code());
        assertEquals(noted.size(), marks.undiscardedCount());
        assertEquals(noted.size(), read(small).find("orders").undiscardedCount());
        small.close();
    }

    @Test
    void whatIsToldAnewDoesNotCountBeforeItIsWhole() {
        final SubscriptionMarks marks = begin("orders", "#", 0);
        marks.received(64, 8);
        marks.received(128, 8);
        marks.discard(0, 128);
        marks.begin("#", true);
        final List<byte[]> frames = frames(journal);
        for (int count = frames.size() - 3; count <= frames.size(); count++) {
            final MarkTable read = new MarkTable();
            replay(frames.subList(0, count), read);
            assertEquals(1, read.find("orders").undiscardedCount(), "of " + count);
            assertEquals(128, read.find("orders").receivedTo());
        }
    }

    @Test
    void namesAreBounded() {
        for (int i = 0; i < MarkTable.MAX_NAMES; i++) {
            table.of("name-" + i);
        }
        assertEquals(
                Code.LIMIT_REACHED,
                assertThrows(TautwireException.class, () -> table.of("one more"))
                        .code());
    }

    private SubscriptionMarks begin(String name, String pattern, int epoch) {
        final SubscriptionMarks marks = table.of(name);
        marks.begin(pattern, true);
        marks.subscribed(JOURNAL, epoch, 0);
        return marks;
    }

    private void assertRead() {
        final MarkTable read = read();
        assertEquals(table.size(), read.size());
        for (int i = 0; i < table.size(); i++) {
            assertEquals(text(table.get(i)), text(read.get(i)));
        }
    }

    private MarkTable read() {
        return read(journal);
    }

    private static MarkTable read(Journal journal) {
        final MarkTable table = new MarkTable();
        replay(frames(journal), table);
        return table;
    }

    private static void replay(List<byte[]> frames, MarkTable table) {
        final FrameChecksum checksum = new FrameChecksum();
        for (final byte[] frame : frames) {
            final DirectBuffer buffer = new UnsafeBuffer(frame);
            assertTrue(checksum.isContentIntact(buffer, 0, FrameDescriptor.length(buffer, 0)));
            assertTrue(checksum.isStampIntact(buffer, 0));
            table.replay(buffer, 0, FrameDescriptor.templateId(buffer, 0));
        }
    }

    private static List<byte[]> frames(Journal journal) {
        final List<byte[]> frames = new ArrayList<>();
        final JournalCursor cursor = journal.cursor(journal.head());
        while (cursor.poll() == JournalCursor.FRAME) {
            final byte[] frame = new byte[FrameDescriptor.aligned(cursor.length())];
            cursor.buffer().getBytes(cursor.offset(), frame);
            frames.add(frame);
        }
        cursor.close();
        return frames;
    }

    private static String text(SubscriptionMarks marks) {
        final StringBuilder text = new StringBuilder(marks.number() + " " + marks.name() + " " + marks.pattern() + " "
                + marks.journalId() + " " + marks.epoch() + " " + marks.lastEpoch() + " " + marks.last() + " "
                + marks.receivedTo() + " " + marks.repeatedTo());
        final Undiscarded undiscarded = marks.undiscarded();
        for (int i = undiscarded.first(); i != Undiscarded.NONE; i = undiscarded.next(i)) {
            text.append(' ').append(undiscarded.epoch(i)).append('.').append(undiscarded.position(i));
            text.append(" after ")
                    .append(undiscarded.beforeEpoch(i))
                    .append('.')
                    .append(undiscarded.before(i));
        }
        return text.toString();
    }

    private static Journal journal(int segments) {
        return new Journal(new MemoryStorage(), new JournalConfig(0, 0, 64 * 1024, segments, WhenFull.REFUSE));
    }

    /** A subscriber that dies and begins again, with a server whose journal only grows. */
    private static final class Lives {
        private final Random random;
        private final Journal journal;
        private final String seedText;
        private final TreeMap<Long, Boolean> discarded = new TreeMap<>();
        private long tail;

        Lives(long seed, Journal journal) {
            this.random = new Random(seed);
            this.journal = journal;
            this.seedText = "seed=" + seed;
        }

        void run() {
            for (int life = 0; life < 20; life++) {
                final MarkTable read = read(journal);
                read.record(journal, NO_PATIENCE);
                live(read.of("orders"));
            }
        }

        private void live(SubscriptionMarks marks) {
            marks.begin("#", true);
            final long place = marks.place();
            marks.subscribed(JOURNAL, 0, Place.first(place));
            final TreeSet<Long> open = new TreeSet<>();
            final long from = Place.first(place);
            final long oldTail = tail;
            tail += 64L * random.nextInt(200);
            long next = (from + 63) / 64 * 64;
            final int steps = random.nextInt(600);
            for (int i = 0; i < steps; i++) {
                if (next < tail && (open.isEmpty() || random.nextInt(3) > 0)) {
                    receive(marks, next, open, oldTail);
                    next += 64;
                } else if (!open.isEmpty()) {
                    final long one = pick(open);
                    assertTrue(marks.discard(0, one), seedText);
                    open.remove(one);
                    discarded.put(one, true);
                }
                checkPlace(marks);
            }
        }

        private void receive(SubscriptionMarks marks, long position, TreeSet<Long> open, long oldTail) {
            final Boolean known = discarded.get(position);
            final Receipt expected = known == null ? Receipt.FIRST : known ? Receipt.KNOWN : Receipt.REPEATED;
            assertEquals(expected, marks.received(position, 8), () -> seedText + " position=" + position);
            if (expected != Receipt.KNOWN) {
                open.add(position);
                discarded.put(position, false);
            }
        }

        private void checkPlace(SubscriptionMarks marks) {
            final long place = marks.place();
            final Long lowest = discarded.entrySet().stream()
                    .filter(entry -> !entry.getValue())
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse(null);
            if (lowest == null) {
                assertEquals(discarded.isEmpty() ? Place.at(0) : discarded.lastKey(), place, seedText);
            } else {
                final Long before = discarded.lowerKey(lowest);
                assertEquals(before == null ? Place.at(0) : before, place, seedText);
            }
        }

        private long pick(TreeSet<Long> open) {
            int left = random.nextInt(Math.min(open.size(), 40));
            for (final long one : open) {
                if (left-- == 0) {
                    return one;
                }
            }
            throw new AssertionError();
        }
    }
}
