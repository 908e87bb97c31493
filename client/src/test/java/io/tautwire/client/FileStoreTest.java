package io.tautwire.client;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class FileStoreTest {
    private static final long SIZE = 256 << 10;

    @TempDir
    private Path directory;

    private final ScriptedServer server = new ScriptedServer();

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatWasPublishedIsSentByTheNextClientThatOpensTheStore(boolean isSynced) throws Exception {
        final long incarnation;
        try (Client client = open(isSynced)) {
            client.publish("trades", "one");
            client.publish("trades", "two");
            incarnation = client.incarnation();
        }
        try (Client client = open(isSynced)) {
            assertEquals(incarnation, client.incarnation());
            assertEquals(2, client.outstanding());
            assertEquals(0, client.counters().published());
            assertEquals(3, client.publish("trades", "three"));
            client.connect(server.uri()).logon();
            assertTrue(server.await("logon ").contains("lowest=1 next=4"));
            server.await("message 1 ");
            server.await("message 3 ");
            server.say(peer -> peer.ack(1, 3, Code.OK));
            assertEquals(3, client.publishFlush(Duration.ofSeconds(20)).upToSequence());
        }
    }

    @Test
    void sequencesGoOnThoughAllHadTheirOutcome() throws Exception {
        for (int life = 0; life < 4; life++) {
            try (Client client = open(false)) {
                final long first = 1 + 3L * life;
                assertEquals(first, client.lowestOutstanding());
                server.lastAppended(first - 1);
                client.connect(server.uri()).logon();
                for (int i = 0; i < 3; i++) {
                    assertEquals(first + i, client.publish("trades", "x"));
                }
                server.await("message " + (first + 2) + " ");
                server.say(peer -> peer.ack(first, first + 2, Code.OK));
                client.publishFlush(Duration.ofSeconds(20));
            }
        }
    }

    /** Several segments pass through, so that the last settled command comes to lie at their ends, too. */
    @Test
    void sequencesGoOnThoughTheirFilesAreGone() throws Exception {
        long next = 1;
        for (int life = 0; life < 8; life++) {
            try (Client client = open(false)) {
                server.lastAppended(next - 1);
                client.connect(server.uri()).logon();
                for (int i = 0; i < 5 + life; i++) {
                    assertEquals(next++, client.publish("trades", new byte[16_000]));
                }
                final long first = client.lowestOutstanding();
                final long last = next - 1;
                server.await("message " + last + " ");
                server.say(peer -> peer.ack(first, last, Code.OK));
                client.publishFlush(Duration.ofSeconds(20));
            }
        }
    }

    @Test
    void moreThanAFewSegmentsAreThereAgain() throws Exception {
        long published = 0;
        try (Client client = open(false)) {
            final Publication publication = client.publication("trades");
            while (waitForRoom(publication, new byte[10_000]) > 0) {
                published++;
            }
        }
        assertTrue(published > 15 && published < 30, "published=" + published);
        try (Client client = open(false)) {
            assertEquals(published, client.outstanding());
            client.connect(server.uri()).logon();
            server.await("message " + published + " ");
            final long last = published;
            server.say(peer -> peer.ack(1, last, Code.OK));
            client.publishFlush(Duration.ofSeconds(20));
        }
    }

    /** The next segment is prepared by another thread: to be told that it is not there yet does not mean full. */
    private static long waitForRoom(Publication publication, byte[] body) {
        try {
            return publication.publish(body);
        } catch (TautwireException e) {
            assertEquals(Code.BACK_PRESSURED, e.code());
            return -1;
        }
    }

    @Test
    void aStoreIsOneClientsAndSaysWhose() {
        open(false).close();
        final TautwireException refused = assertCode(
                Code.STORE_MISMATCH,
                () -> new Client(new ClientConfig("other").store(PublishStore.file(directory, SIZE))));
        assertTrue(refused.getMessage().contains("pricer"), refused.getMessage());
    }

    @Test
    void aStoreThatIsOpenIsRefusedAndLaterTaken() {
        final PublishStore second = PublishStore.file(directory, SIZE);
        try (Client client = open(false)) {
            final TautwireException refused =
                    assertCode(Code.JOURNAL_IN_USE, () -> new Client(new ClientConfig("pricer").store(second)));
            assertTrue(
                    refused.getMessage()
                            .contains("pid=" + ProcessHandle.current().pid()),
                    refused.getMessage());
            client.publish("trades", "one");
        }
        try (Client client = new Client(new ClientConfig("pricer").store(second))) {
            assertEquals(1, client.outstanding());
        }
    }

    @Test
    void aClientClosedByAHandlerLetsGoOfItsStore() throws Exception {
        final CompletableFuture<Void> acked = new CompletableFuture<>();
        final Client client = open(false);
        client.ackListener((from, to, code, reason, level) -> {
            client.close();
            acked.complete(null);
        });
        client.connect(server.uri()).logon();
        client.publish("trades", "one");
        server.await("message 1 ");
        server.say(peer -> peer.ack(1, 1, Code.OK));
        acked.get(20, SECONDS);
        final long deadlineNs = System.nanoTime() + SECONDS.toNanos(20);
        Client next = null;
        while (next == null && System.nanoTime() < deadlineNs) {
            try {
                next = open(false);
            } catch (TautwireException e) {
                assertEquals(Code.JOURNAL_IN_USE, e.code());
                Thread.onSpinWait();
            }
        }
        assertEquals(2, next.lowestOutstanding());
        next.close();
    }

    @Test
    void whatWasGivenUpStaysSo() throws Exception {
        server.maxFrame(20_000);
        try (Client client = open(false)) {
            client.publish("trades", new byte[30_000]);
            client.publish("trades", "two");
            client.connect(server.uri()).logon();
            server.await("skip 1 MESSAGE_TOO_LARGE");
        }
        server.maxFrame(1 << 20);
        try (Client client = open(false)) {
            final List<String> failed = new ArrayList<>();
            client.failedPublishHandler(
                    (original, code, reason) -> failed.add(original.sequence() + " " + code + " " + reason));
            client.connect(server.uri()).logon();
            server.await("skip 1 MESSAGE_TOO_LARGE");
            server.await("message 2 ");
            server.say(peer -> peer.ack(1, 1, Code.MESSAGE_TOO_LARGE).ack(2, 2, Code.OK));
            client.publishFlush(Duration.ofSeconds(20));
            assertEquals(1, failed.size());
            assertTrue(failed.get(0).startsWith("1 MESSAGE_TOO_LARGE frame length=30"), failed.get(0));
        }
    }

    @Test
    void aServerThatHasMoreThanTheStoreIsNotLoggedOnTo() {
        try (Client client = open(false)) {
            client.publish("trades", "one");
        }
        try (Client client = open(false)) {
            client.publish("trades", "two");
            server.lastAppended(2);
            client.connect(server.uri());
            final TautwireException refused = assertCode(Code.STORE_BEHIND, client::logon);
            assertTrue(refused.getMessage().contains("lastAppended=2"), refused.getMessage());
        }
    }

    @Test
    void outcomesToldToAnEarlierProcessAreNotWaitedFor() throws Exception {
        try (Client client = open(false)) {
            client.publish("trades", "one");
            client.publish("trades", "two");
        }
        try (Client client = open(false)) {
            server.lastAppended(2);
            server.confirmedBelow(3);
            client.connect(server.uri()).logon();
            assertEquals(new FlushResult(2, 0, 0), client.publishFlush(Duration.ofSeconds(20)));
        }
    }

    @Test
    void growsInFilesToo() throws Exception {
        final List<Long> growths = new ArrayList<>();
        final PublishStore store =
                PublishStore.file(directory, 64 << 10).growTo(256 << 10).onGrowth((from, to) -> growths.add(to >> 10));
        final ClientConfig config = new ClientConfig("pricer").store(store).publishTimeout(Duration.ofSeconds(2));
        try (Client client = new Client(config)) {
            for (int i = 0; i < 200; i++) {
                client.publish("trades", new byte[1000]);
            }
        }
        assertEquals(List.of(128L, 256L), growths);
    }

    @Test
    void onlyAStoreInFilesCanBeSynced() {
        assertCode(
                Code.CONFIGURATION_INVALID,
                () -> new Client(new ClientConfig("pricer")
                        .store(PublishStore.memory(SIZE).synced(true))));
    }

    private Client open(boolean isSynced) {
        final PublishStore store = PublishStore.file(directory, SIZE).synced(isSynced);
        return new Client(new ClientConfig("pricer").store(store).publishTimeout(Duration.ofSeconds(2)));
    }

    private static TautwireException assertCode(Code code, Executable call) {
        final TautwireException refused = assertThrows(TautwireException.class, call);
        assertEquals(code, refused.code());
        return refused;
    }
}
