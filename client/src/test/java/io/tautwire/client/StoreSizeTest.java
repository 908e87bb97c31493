package io.tautwire.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code store_size} does is read back by filling the store: nothing is acknowledged here. */
@Timeout(60)
class StoreSizeTest {
    private static final byte[] BODY = new byte[1000];
    private static final int FRAME_BYTES = 1100; // with topic, name and header, some 1,070

    private final ScriptedServer server = new ScriptedServer();

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"64k, 65536", "200k, 204800", "1m, 1048576"})
    void aClientMadeByConnectingHoldsAsMuchAsTheStringSays(String size, long bytes) {
        try (Client client = Client.connect(server.uri() + "?store_size=" + size, "pricer")) {
            assertHolds(bytes, fill(client));
        }
    }

    @ParameterizedTest
    @CsvSource({"64k, 65536", "200k, 204800", "1m, 1048576"})
    void aClientThatWasThereBeforeDoesToo(String size, long bytes) {
        try (Client client = new Client("pricer")) {
            client.publish("trades/BTC", BODY);
            client.connect(server.uri() + "?store=memory&store_size=" + size).logon();
            assertHolds(bytes, 1 + fill(client));
        }
    }

    @Test
    void eachStringBringsItsOwnAndASmallerOneLosesNothing() throws Exception {
        try (Client client = new Client("pricer")) {
            client.connect(server.uri() + "?store_size=1m").logon();
            final long first = fill(client);
            client.disconnect();
            client.connect(server.uri() + "?store_size=64k").logon();
            assertEquals(0, fill(client));
            assertEquals(first, client.outstanding());
            server.await("message " + first + " ");
            server.say(peer -> peer.ack(1, first, Code.OK));
            client.publishFlush();
            assertHolds(64 * 1024, fill(client));
        }
    }

    @Test
    void whatTheProgramGivesWins() {
        try (Client client = new Client(new ClientConfig("pricer").storeBytes(128 * 1024))) {
            client.connect(server.uri() + "?store_size=1m").logon();
            final long held = fill(client) * FRAME_BYTES;
            assertTrue(held < 150 * 1024, "bytes=" + held);
        }
    }

    @Test
    void moreThanAStoreCanGrowToIsRefusedBeforeConnecting() {
        try (Client client = new Client("pricer")) {
            final TautwireException refused =
                    assertThrows(TautwireException.class, () -> client.connect(server.uri() + "?store_size=17g"));
            assertEquals(Code.CONFIGURATION_INVALID, refused.code());
            assertTrue(refused.getMessage().contains("storeBytes"), refused.getMessage());
            assertThrows(TautwireException.class, client::logon);
        }
        Client.connect(server.uri() + "?store_size=17g", "pricer").close();
    }

    @Test
    void aStoreInFilesIsOpenedByTheStringThatTheClientIsMadeWith(@TempDir Path directory) {
        final String uri = server.uri() + "?store_size=128k&store_sync=true&store=" + directory.resolve("pricer");
        try (Client client = Client.connect(uri, "pricer")) {
            client.publish("trades", BODY);
            client.disconnect();
            client.connect(uri); // names the same store
        }
        try (Client client = Client.connect(uri, "pricer")) {
            assertEquals(1, client.outstanding());
        }
    }

    @Test
    void aClientKeepsTheStoreThatItWasMadeWith() {
        try (Client client = new Client("pricer")) {
            final TautwireException refused =
                    assertThrows(TautwireException.class, () -> client.connect(server.uri() + "?store=/var/lib/x"));
            assertEquals(Code.CONFIGURATION_INVALID, refused.code());
            assertTrue(refused.getMessage().contains("Client.connect(uri, name)"), refused.getMessage());
        }
    }

    /** Publishes until there is no more room. */
    private static long fill(Client client) {
        final Publication publication = client.publication("trades/BTC");
        long count = 0;
        long result = publication.offer(BODY);
        while (result > 0) {
            count++;
            result = publication.offer(BODY);
        }
        assertEquals(Publication.BACK_PRESSURED, result);
        return count;
    }

    /** Up to the bound, but for a message, and what is lost at the end of each segment. */
    private static void assertHolds(long bytes, long messages) {
        assertTrue(messages * 1000 <= bytes, "messages=" + messages);
        assertTrue((messages + 1) * FRAME_BYTES > bytes * 9 / 10, "messages=" + messages);
    }
}
