package io.tautwire.server.internal.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.codec.topic.TopicPattern;
import io.tautwire.server.ServerLimits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random publishers, subscriptions, credit, wires that take a few bytes, sessions that want their bodies readable, and
 * catching up in between: in the end each subscription has got exactly what was published on its pattern from its
 * SubscribeReply on, in order.
 */
class CatchUpModelTest {
    private static final String[] TOPICS = {"a", "a/x", "a/y", "b", "b/x/1"};
    private static final String[] PATTERNS = {"#", "a/+", "a/#", "b", "+/x", "c"};

    private Random random;
    private Rig rig;
    private final List<Published> published = new ArrayList<>();
    private final List<Reader> readers = new ArrayList<>();

    static long[] seeds() {
        final long first = System.nanoTime();
        final long[] seeds = new long[30];
        for (int i = 0; i < seeds.length; i++) {
            seeds[i] = first + i;
        }
        return seeds;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everySubscriptionGetsEverythingOnceAndInOrder(long seed) {
        random = new Random(seed);
        rig = new Rig(ServerLimits.defaults()
                .change()
                .maxFrame(16 * 1024)
                .outputBytes(96 * 1024)
                .done());
        final Peer publisher = rig.logon("publisher");
        for (int i = 0; i < 4; i++) {
            readers.add(new Reader(i % 2 == 0 ? rig.logon("reader-" + i) : pretty("reader-" + i)));
        }
        for (int i = 0; i < 600; i++) {
            step(publisher);
        }
        settle();
        for (final Reader reader : readers) {
            reader.check("seed=" + seed);
        }
    }

    private void step(Peer publisher) {
        final Reader reader = readers.get(random.nextInt(readers.size()));
        switch (random.nextInt(8)) {
            case 0:
                reader.subscribe();
                break;
            case 1:
                reader.credit(random.nextInt(4000) + 1);
                break;
            case 2:
                reader.peer.wire.hold();
                break;
            case 3:
                reader.peer.wire.take(random.nextInt(3000));
                break;
            case 4:
                reader.peer.wire.release();
                break;
            case 5:
                if (rig.host.isCatchUpWanted) {
                    rig.host.isCatchUpWanted = rig.broker.catchUp(random.nextInt(20_000) + 1);
                }
                break;
            default:
                publish(publisher);
                break;
        }
    }

    private void publish(Peer publisher) {
        final int count = 1 + random.nextInt(20);
        for (int i = 0; i < count; i++) {
            final String topic = TOPICS[random.nextInt(TOPICS.length)];
            final String body = "[\"" + published.size() + "-" + "x".repeat(random.nextInt(2000)) + "\"]";
            published.add(new Published(topic, body));
            publisher.publish(topic, body);
        }
        publisher.send();
    }

    private Peer pretty(String name) {
        final Peer peer = rig.connect(name);
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
    }

    private record Published(String topic, String body) {
        String rendered() {
            return body.replace("[", "[\n  ").replace("]", "\n]");
        }
    }

    /** One session and what its subscriptions should get. */
    private final class Reader {
        private final Peer peer;
        private final Map<Long, Integer> from = new LinkedHashMap<>();
        private final Map<Long, TopicPattern> patterns = new LinkedHashMap<>();

        Reader(Peer peer) {
            this.peer = peer;
        }

        void subscribe() {
            if (patterns.size() < 5) {
                final long id = patterns.size() + 1;
                final TopicPattern pattern = TopicPattern.parse(PATTERNS[random.nextInt(PATTERNS.length)]);
                patterns.put(id, pattern);
                from.put(id, published.size());
                peer.subscribe(id, pattern.text(), random.nextInt(3) * 1500L).send();
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
            patterns.forEach((id, pattern) -> {
                final List<String> expected = published.subList(from.get(id), published.size()).stream()
                        .filter(message -> matches(pattern, message.topic()))
                        .map(message -> peer.options == 0 ? message.body() : message.rendered())
                        .toList();
                assertEquals(expected, peer.bodies(id), seed + " id=" + id + " pattern=" + pattern);
            });
        }
    }

    private static boolean matches(TopicPattern pattern, String topic) {
        final byte[] bytes = topic.getBytes(StandardCharsets.UTF_8);
        return pattern.matches(new UnsafeBuffer(bytes), 0, bytes.length);
    }
}
