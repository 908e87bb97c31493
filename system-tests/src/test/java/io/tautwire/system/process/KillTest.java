package io.tautwire.system.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.client.Client;
import io.tautwire.client.MessageStream;
import io.tautwire.client.StartPoint;
import io.tautwire.client.SubscribeOptions;
import io.tautwire.system.e2e.Await;
import io.tautwire.system.e2e.TestProxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes killed with SIGKILL under load: a server over its data directory, and publishers over their stores. What
 * was acknowledged is there, once, in order, and so is what was offered. More kills than the usual 20 come with
 * {@code -Dtautwire.kills=N}.
 */
@Timeout(1800)
final class KillTest {
    private static final int KILLS = Integer.getInteger("tautwire.kills", 20);
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int PUBLISHERS = 3;
    private static final int PUBLISHER_DIES_EVERY = 4;
    private static final long CUT_EVERY_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final List<String> LEVELS = List.of("SYNCED", "WRITTEN");

    @TempDir
    Path directory;

    private final Random random = new Random(KILLS);
    private final List<Publishing> publishers = new ArrayList<>();
    private String uri;

    @AfterEach
    void end() {
        publishers.forEach(Publishing::close);
    }

    @Test
    void nothingAcknowledgedIsLostDoubledOrReorderedHoweverOftenTheyAreKilled() throws Exception {
        uri = "unix:///?path=" + directory.resolve("socket");
        beginPublishing();
        for (int kill = 0; kill < KILLS; kill++) {
            try (ChildProcess server = serve(uri, kill)) {
                publishers.get(kill % PUBLISHERS).awaitProgress(1 + random.nextInt(300));
                if (kill % PUBLISHER_DIES_EVERY == PUBLISHER_DIES_EVERY - 1) {
                    publishers.get(random.nextInt(PUBLISHERS)).killAndBeginAgain();
                }
                server.kill();
            }
        }
        try (ChildProcess server = serve(uri, KILLS)) {
            finishAndAudit(uri);
            server.finish();
            server.awaitSuccess();
        }
    }

    @Test
    void norByALinkThatIsCutAllTheTime() throws Exception {
        try (ChildProcess server = serve("tcp://127.0.0.1:0", 0)) {
            Await.until("the server is ready", () -> !server.recentLines().isEmpty());
            final URI at = URI.create(server.recentLines().get(0).split(" ")[1]);
            try (TestProxy proxy = new TestProxy(at.getPort(), KILLS)) {
                uri = proxy.uri();
                beginPublishing();
                for (int cut = 0; cut < KILLS; cut++) {
                    LockSupport.parkNanos(CUT_EVERY_NS);
                    proxy.cut();
                    if (cut % PUBLISHER_DIES_EVERY == 0) {
                        publishers.get(random.nextInt(PUBLISHERS)).killAndBeginAgain();
                    }
                    publishers.get(cut % PUBLISHERS).awaitProgress(1);
                }
                finishAndAudit(at.toString());
            }
            server.finish();
            server.awaitSuccess();
        }
    }

    private void beginPublishing() throws Exception {
        for (int i = 0; i < PUBLISHERS; i++) {
            publishers.add(new Publishing("publisher-" + i));
        }
    }

    private void finishAndAudit(String at) throws Exception {
        for (final Publishing publisher : publishers) {
            publisher.finish();
        }
        audit(at);
    }

    private ChildProcess serve(String at, int life) throws Exception {
        return ChildProcess.start(
                directory.resolve("server-" + life),
                ServerProcess.class,
                at,
                directory.resolve("data").toString(),
                LEVELS.get(life % LEVELS.size()));
    }

    /** Reads the whole journal, as any subscriber can. */
    private void audit(String at) {
        final Map<Long, Long> lastByIncarnation = new HashMap<>();
        final long all = publishers.stream().mapToLong(Publishing::last).sum();
        try (Client reader = Client.connect(at, "audit");
                MessageStream messages = reader.stream("kill/#", SubscribeOptions.from(StartPoint.start()))) {
            for (long count = 0; count < all; count++) {
                final var message = messages.poll(SOON);
                assertTrue(message != null, "messages=" + count + " of " + all);
                final long last = lastByIncarnation.getOrDefault(message.incarnation(), 0L);
                assertEquals(last + 1, message.sequence());
                assertEquals(message.clientName(), message.bodyText());
                lastByIncarnation.put(message.incarnation(), message.sequence());
            }
        }
        for (final Publishing publisher : publishers) {
            assertEquals(publisher.last(), lastByIncarnation.get(publisher.ledger.incarnation()));
        }
        assertEquals(PUBLISHERS, lastByIncarnation.size());
    }

    /** One publisher's lives. */
    private final class Publishing {
        private final StoreLedger ledger = new StoreLedger();
        private final String name;
        private ChildProcess process;
        private int life;

        Publishing(String name) throws Exception {
            this.name = name;
            begin();
        }

        /** Waits until it was told of so many commands more than now. */
        void awaitProgress(long commands) {
            final long from = toldTo();
            Await.until(name + " is told", from + commands, this::toldTo);
        }

        void killAndBeginAgain() throws Exception {
            process.kill();
            ledger.add(process.lines(), true);
            begin();
        }

        void finish() throws Exception {
            process.finish();
            process.awaitSuccess();
            ledger.add(process.lines(), false);
        }

        long last() {
            return ledger.last();
        }

        void close() {
            process.close();
        }

        private long toldTo() {
            long toldTo = 0;
            for (final String line : process.recentLines()) {
                toldTo = line.startsWith("ack ") ? Long.parseLong(line.split(" ")[2]) : toldTo;
            }
            return toldTo;
        }

        private void begin() throws Exception {
            process = ChildProcess.start(
                    directory.resolve(name + "-" + life++),
                    StorePublisher.class,
                    uri,
                    name,
                    directory.resolve(name + ".store").toString());
        }
    }
}
