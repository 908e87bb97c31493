package io.tautwire.system.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.client.Client;
import io.tautwire.client.ClientConfig;
import io.tautwire.client.FlushResult;
import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.codec.sbe.Code;
import io.tautwire.journal.file.FaultyDisk;
import io.tautwire.server.AccessPolicy;
import io.tautwire.server.OnDisk;
import io.tautwire.server.ServerRecovery;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that keep their journal in files, started again on what they left. */
@Timeout(120)
final class DataDirectoryTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final Set<AckLevel> levels = EnumSet.noneOf(AckLevel.class);

    @ParameterizedTest
    @EnumSource(
            value = AckLevel.class,
            names = {"RECEIVED", "WRITTEN", "SYNCED"})
    void aRestartLosesAndDoublesNothingAndKeepsRefusals(AckLevel level) {
        try (Client client = client()) {
            long appended = 0;
            for (int round = 0; round < 4; round++) {
                publish(client, 150);
                try (TestServer server = start(level)) {
                    client.connect(server.uri()).logon();
                    publish(client, 150);
                    if (round % 2 == 1) {
                        client.publishFlush(LONG);
                    }
                    server.server().close(); // with some of them still on their way
                    appended += server.counters().appended();
                    assertTrue(server.server().failure().isEmpty());
                }
                client.disconnect();
            }
            try (TestServer server = start(level)) {
                client.connect(server.uri()).logon();
                assertEquals(new FlushResult(1200, 1080, 120), client.publishFlush(LONG));
                appended += server.counters().appended();
                assertEquals(1, server.server().recovery().orElseThrow().publishers());
            }
            assertEquals(1080, appended, "each message is appended once");
            assertEquals(Set.of(level), levels);
        }
    }

    @Test
    void whatIsSyncedSurvivesAPowerCut() {
        for (long seed = 1; seed <= 5; seed++) {
            final FaultyDisk disk = new FaultyDisk(seed);
            try (Client client = client()) {
                final TestServer first =
                        TestServer.start(builder -> OnDisk.of(builder, disk).accessPolicy(new NoTens()));
                client.connect(first.uri()).logon();
                publish(client, 300);
                assertEquals(270, client.publishFlush(LONG).acknowledged());
                publish(client, 100);
                disk.powerCut();
                client.disconnect();
                first.close();
                try (TestServer second =
                        TestServer.start(builder -> OnDisk.of(builder, disk).accessPolicy(new NoTens()))) {
                    final ServerRecovery recovery = second.server().recovery().orElseThrow();
                    assertFalse(recovery.isClean());
                    assertTrue(recovery.frames() >= 300, "seed=" + seed + " " + recovery);
                    client.connect(second.uri()).logon();
                    assertEquals(new FlushResult(400, 360, 40), client.publishFlush(LONG), "seed=" + seed);
                    assertTrue(second.counters().appended() <= 100, "what was acknowledged is not appended again");
                }
            }
        }
    }

    @Test
    void aSyncThatFailsIsToldAndNothingIsAcknowledgedAfterIt() {
        final FaultyDisk disk = new FaultyDisk(1);
        final CopyOnWriteArrayList<Code> ends = new CopyOnWriteArrayList<>();
        final ClientConfig config = new ClientConfig("publisher").sessionListener((code, reason) -> ends.add(code));
        final TestServer server =
                TestServer.start(builder -> OnDisk.of(builder, disk).accessPolicy(new NoTens()));
        try (server;
                Client client = new Client(config)) {
            client.connect(server.uri()).logon();
            publish(client, 1);
            client.publishFlush(LONG);
            disk.failForces(true);
            publish(client, 1);
            Await.until("the session is ended", () -> !ends.isEmpty());
            assertEquals(Code.JOURNAL_FAILED, ends.get(0));
            assertEquals(1, client.outstanding());
            assertEquals(
                    Code.JOURNAL_FAILED, server.server().failure().orElseThrow().code());
        }
        assertEquals(
                Code.JOURNAL_FAILED, server.server().failure().orElseThrow().code());
    }

    private TestServer start(AckLevel level) {
        return TestServer.start(builder -> builder.dataDirectory(directory)
                .durability(level)
                .segmentBytes(1 << 20)
                .accessPolicy(new NoTens()));
    }

    private Client client() {
        return new Client(new ClientConfig("publisher").ackListener((from, to, code, reason, level) -> {
            if (code == Code.OK) {
                levels.add(level);
            }
        }));
    }

    private static void publish(Client client, int count) {
        for (int i = 0; i < count; i++) {
            client.publish(i % 10 == 0 ? "shut" : "open", "x".repeat(100));
        }
    }

    /** Nobody may publish on the topic of every tenth message. */
    private static final class NoTens implements AccessPolicy {
        @Override
        public boolean mayPublish(String user, String topic) {
            return !topic.equals("shut");
        }

        @Override
        public boolean maySubscribe(String user, String pattern) {
            return true;
        }
    }
}
