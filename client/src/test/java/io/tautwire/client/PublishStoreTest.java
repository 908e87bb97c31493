package io.tautwire.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PublishStoreTest {
    private static final byte[] BODY = new byte[1000];

    private final ScriptedServer server = new ScriptedServer();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void growsByDoublingUpToItsMostAndSaysSo() {
        final List<String> growths = new ArrayList<>();
        final PublishStore store = PublishStore.memory(64 << 10)
                .growTo(200 << 10)
                .onGrowth((from, to) -> growths.add((from >> 10) + "-" + (to >> 10)));
        try (Client client = new Client(new ClientConfig("pricer").store(store))) {
            final long held = fill(client) * BODY.length;
            assertTrue(held > (150 << 10) && held < (200 << 10), "bytes=" + held);
        }
        assertEquals(List.of("64-128", "128-200"), growths);
    }

    @Test
    void aMessageMayHaveHalfOfWhatItGrowsTo() {
        final List<Long> growths = new ArrayList<>();
        final PublishStore store =
                PublishStore.memory(64 << 10).growTo(1 << 20).onGrowth((from, to) -> growths.add(to >> 10));
        try (Client client = new Client(new ClientConfig("pricer").store(store))) {
            assertEquals(1, client.publish("trades", new byte[400 << 10]));
        }
        assertEquals(List.of(128L, 256L, 512L), growths);
    }

    @Test
    void aListenerThatThrowsIsReportedAndTheMessageIsPublished() {
        final List<Throwable> faults = new ArrayList<>();
        final IllegalStateException fault = new IllegalStateException("of the listener");
        final PublishStore store = PublishStore.memory(64 << 10)
                .growTo(128 << 10)
                .onGrowth((from, to) -> {
                    throw fault;
                });
        try (Client client = new Client(new ClientConfig("pricer").store(store).errorHandler(faults::add))) {
            assertTrue(fill(client) * BODY.length > 64 << 10);
        }
        assertEquals(1, faults.size());
        assertSame(fault, faults.get(0));
    }

    @Test
    void whenItIsFullPublishWaitsOrFailsAsThePolicySays() {
        final ClientConfig waits =
                new ClientConfig("pricer").store(PublishStore.memory(64 << 10)).publishTimeout(Duration.ofMillis(20));
        final ClientConfig fails =
                new ClientConfig("pricer").store(PublishStore.memory(64 << 10)).fullPolicy(FullPolicy.FAIL);
        for (final ClientConfig config : List.of(waits, fails)) {
            try (Client client = new Client(config)) {
                fill(client);
                assertCode(Code.BACK_PRESSURED, () -> client.publish("trades", BODY));
            }
        }
    }

    @Test
    void inMemoryEachClientHasItsOwn() {
        final PublishStore store = PublishStore.memory(64 << 10);
        try (Client one = new Client(new ClientConfig("pricer").store(store));
                Client other = new Client(new ClientConfig("other").store(store))) {
            assertEquals(1, one.publish("a", "x"));
            assertEquals(2, one.publish("a", "x"));
            assertEquals(1, other.publish("a", "x"));
            assertNotEquals(one.incarnation(), other.incarnation());
        }
    }

    @Test
    void whatIsWrongWithItIsSaidWithAllElse() {
        final TautwireException refused = assertCode(
                Code.CONFIGURATION_INVALID,
                () -> new Client(new ClientConfig("pricer")
                        .store(PublishStore.memory(128 << 10).growTo(1))
                        .windowBytes(1)));
        assertTrue(refused.getMessage().contains("growTo=1 "), refused.getMessage());
        assertTrue(refused.getMessage().contains("windowBytes=1 "), refused.getMessage());
    }

    @Test
    void whatIsPublishedBeforeTheFirstLogonIsSentAfterIt() throws Exception {
        try (Client client = new Client("pricer")) {
            client.publish("trades", "one");
            client.connect(server.uri());
            client.publish("trades", "two");
            client.logon();
            server.await("message 1 ");
            server.await("message 2 ");
        }
    }

    @Test
    void whatIsPublishedWhileThereIsNoConnectionIsSentWhenThereIsOne() throws Exception {
        try (Client client = new Client("pricer")) {
            client.connect(server.uri()).logon();
            client.publish("trades", "one");
            server.await("message 1 ");
            client.disconnect();
            client.publish("trades", "two");
            server.lastAppended(1);
            client.connect(server.uri()).logon();
            server.await("message 2 ");
            server.say(peer -> peer.ack(1, 2, Code.OK));
            assertEquals(2, client.publishFlush(Duration.ofSeconds(20)).acknowledged());
        }
    }

    private static long fill(Client client) {
        final Publication publication = client.publication("trades");
        long count = 0;
        long result = publication.offer(BODY);
        while (result > 0) {
            count++;
            result = publication.offer(BODY);
        }
        assertEquals(Publication.BACK_PRESSURED, result);
        return count;
    }

    private static TautwireException assertCode(Code code, org.junit.jupiter.api.function.Executable call) {
        final TautwireException refused = assertThrows(TautwireException.class, call);
        assertEquals(code, refused.code());
        return refused;
    }
}
