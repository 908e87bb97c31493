package io.tautwire.server.internal.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.codec.sbe.NotFound;
import io.tautwire.codec.topic.TopicPattern;
import io.tautwire.journal.JournalConfig;
import io.tautwire.journal.WhenFull;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Subscriptions from anywhere, with random credit, wires that take a few bytes, sessions that want their bodies
 * readable, and a journal that drops its oldest: each gets every message from where it said it begins, in order, once,
 * but for the ranges it is told are gone; is live once; and is refused only what the journal does not hold.
 */
class ReplayModelTest {
    private static final String[] TOPICS = {"a", "a/x", "a/y", "b", "b/x/1"};
    private static final String[] PATTERNS = {"#", "a/+", "a/#", "b", "+/x", "c"};

    private Random random;
    private Rig rig;
    private Peer publisher;
    private Peer witness;
    private final List<Reader> readers = new ArrayList<>();

    static LongStream seeds() {
        final long first = System.nanoTime();
        return LongStream.range(first, first + 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyReplayIsCompleteFromWhereItBeginsAndGoesOverIntoLive(long seed) {
        random = new Random(seed);
        final int segments = random.nextBoolean() ? 6 : 256;
        rig = new Rig(new JournalConfig(42, 0, 16 * 1024, segments, WhenFull.DROP_OLDEST));
        publisher = rig.logon("publisher");
        witness = rig.logon("witness").subscribe(1, "#", Long.MAX_VALUE).send();
        for (int i = 0; i < 3; i++) {
            readers.add(new Reader(i < 2 ? rig.logon("reader-" + i) : pretty()));
        }
        for (int i = 0; i < 400; i++) {
            step();
        }
        settle();
        for (final Reader reader : readers) {
            reader.check("seed=" + seed);
        }
    }

    private void step() {
        final Reader reader = readers.get(random.nextInt(readers.size()));
        switch (random.nextInt(9)) {
            case 0, 1 -> reader.subscribe();
            case 2 -> reader.credit(random.nextInt(4000) + 1);
            case 3 -> reader.peer.wire.hold();
            case 4 -> reader.peer.wire.take(random.nextInt(3000));
            case 5 -> reader.peer.wire.release();
            case 6 -> {
                if (rig.host.isCatchUpWanted) {
                    rig.host.isCatchUpWanted = rig.broker.catchUp(random.nextInt(20_000) + 1);
                }
            }
            default -> publish();
        }
    }

    private void publish() {
        final int count = 1 + random.nextInt(20);
        rig.host.epochNs += random.nextInt(3);
        for (int i = 0; i < count; i++) {
            publisher.publish(TOPICS[random.nextInt(TOPICS.length)], "[\"" + "x".repeat(random.nextInt(800)) + "\"]");
        }
        publisher.send();
    }

    private Peer pretty() {
        final Peer peer = rig.connect("pretty");
        peer.messageType = "json";
        peer.options = 1;
        return peer.logon().send();
    }

    private void settle() {
        for (final Reader reader : readers) {
            reader.peer.wire.release();
            reader.credit(1 << 30);
        }
        rig.catchUp();
        publish();
        rig.catchUp();
    }

    /** What the journal may be asked for, and the first position that it should then begin at; -1 for a refusal. */
    private Asked ask() {
        final List<Delivered> all = witness.got.delivered;
        final long head = rig.journal.head();
        final Delivered some = all.isEmpty() ? null : all.get(random.nextInt(all.size()));
        switch (random.nextInt(some == null ? 2 : 6)) {
            case 0:
                return new Asked(From.start(), head);
            case 1:
                return new Asked(From.now(), rig.journal.tail());
            case 2:
                return new Asked(From.after(some.position()), some.position() < head ? -1 : after(some.position()));
            case 3:
                return new Asked(From.at(some.position()), some.position() < head ? -1 : some.position());
            case 4:
                return new Asked(From.time(some.timestamp()), ofTime(some.timestamp(), head));
            default:
                return new Asked(From.after(some.position() + 8 * (1 + random.nextInt(8))), -1);
        }
    }

    private long after(long position) {
        return witness.got.delivered.stream()
                .mapToLong(Delivered::position)
                .filter(candidate -> candidate > position)
                .findFirst()
                .orElse(rig.journal.tail());
    }

    private long ofTime(long timestampNs, long head) {
        final long first = witness.got.delivered.stream()
                .filter(message -> message.timestamp() >= timestampNs && message.position() >= head)
                .mapToLong(Delivered::position)
                .findFirst()
                .orElse(rig.journal.tail());
        return first == head && head > 0 ? -1 : first;
    }

    private record Asked(From from, long begin) {}

    /** One session and what its subscriptions should get. */
    private final class Reader {
        private final Peer peer;
        private final Map<Long, Asked> asked = new LinkedHashMap<>();
        private final Map<Long, TopicPattern> patterns = new LinkedHashMap<>();

        Reader(Peer peer) {
            this.peer = peer;
        }

        void subscribe() {
            if (patterns.size() < 8) {
                final long id = patterns.size() + 1;
                final TopicPattern pattern = TopicPattern.parse(PATTERNS[random.nextInt(PATTERNS.length)]);
                final Asked what = ask();
                patterns.put(id, pattern);
                asked.put(id, what);
                final NotFound instead = NotFound.get((short) random.nextInt(3));
                peer.subscribe(
                                id,
                                pattern.text(),
                                random.nextInt(3) * 1500L,
                                what.from().or(instead))
                        .send();
            }
        }

        void credit(long bytes) {
            for (final long id : patterns.keySet()) {
                if (bytes > 1 << 20 || random.nextBoolean()) {
                    peer.credit(id, bytes).send();
                }
            }
        }

        void check(String seed) {
            assertTrue(peer.got.isWhole(), seed);
            patterns.forEach((id, pattern) -> check(
                    id,
                    pattern,
                    seed + " " + peer.got.lines.get(0) + " id=" + id + " pattern=" + pattern + " asked="
                            + asked.get(id)));
        }

        private void check(long id, TopicPattern pattern, String what) {
            final List<String> lines = linesOf(id);
            final From from = asked.get(id).from();
            final boolean isFound = asked.get(id).begin() >= 0;
            if (!isFound && from.notFound() == 0 || lines.get(0).startsWith("Reject")) {
                // A search by time may meet what was dropped meanwhile; every other answer came at once.
                assertTrue(!isFound || from.timestampNs() > 0, what + lines);
            }
            if (lines.get(0).startsWith("Reject")) {
                assertEquals(List.of("Reject 21 " + id + " BOOKMARK_UNKNOWN"), lines, what);
                return;
            }
            final long begin =
                    Long.parseLong(lines.get(0).substring(lines.get(0).lastIndexOf(' ') + 1));
            if (isFound) {
                assertTrue(isSamePlace(begin, asked.get(id).begin()), what + lines);
            }
            final long live =
                    lines.stream().filter(line -> line.startsWith("Live ")).count();
            assertEquals(from.startAt() == 0 ? 0 : 1, live, what + lines);
            final List<Long> expected = witness.got.delivered.stream()
                    .filter(message -> message.position() >= begin && matches(pattern, message.topic()))
                    .map(Delivered::position)
                    .filter(position -> lines.stream().noneMatch(line -> isGap(line, position)))
                    .toList();
            final List<Long> got = peer.got.delivered.stream()
                    .filter(message -> message.ids().contains(id))
                    .map(Delivered::position)
                    .toList();
            assertEquals(expected, got, what + lines);
        }

        private List<String> linesOf(long id) {
            return peer.got.lines.stream()
                    .filter(line -> line.matches("(SubscribeReply|Gap|Live|Reject 21) " + id + " .*"))
                    .toList();
        }
    }

    /** The end of a message, and the beginning of the next one behind padding, are one place. */
    private boolean isSamePlace(long position, long other) {
        final long low = Math.min(position, other);
        final long high = Math.max(position, other);
        return witness.got.delivered.stream()
                .noneMatch(message -> message.position() >= low && message.position() < high);
    }

    private static boolean isGap(String line, long position) {
        if (!line.startsWith("Gap ")) {
            return false;
        }
        final String[] range = line.substring(line.lastIndexOf(' ') + 1).split("-");
        return position >= Long.parseLong(range[0]) && position < Long.parseLong(range[1]);
    }

    private static boolean matches(TopicPattern pattern, String topic) {
        final byte[] bytes = topic.getBytes(StandardCharsets.UTF_8);
        return pattern.matches(new UnsafeBuffer(bytes), 0, bytes.length);
    }
}
