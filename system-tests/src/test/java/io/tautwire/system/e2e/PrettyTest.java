package io.tautwire.system.e2e;

import static io.tautwire.system.e2e.Codes.assertCode;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.client.Client;
import io.tautwire.client.Message;
import io.tautwire.client.MessageStream;
import io.tautwire.client.StreamConfig;
import io.tautwire.codec.sbe.Code;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Option {@code pretty} of the connection string: readable bodies for the session that asks, and for no other. */
@Timeout(60)
final class PrettyTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final StreamConfig STREAM = StreamConfig.defaults().withTimeout(SOON);

    private static List<Carrier> carriers() {
        return Carrier.all();
    }

    @ParameterizedTest
    @MethodSource("carriers")
    void bodiesOfEachMessageTypeAreDeliveredReadable(Carrier carrier) {
        try (TestServer server = TestServer.start(carrier)) {
            assertDelivered(server, "json", "{\"px\":1.50,\"tags\":[]}", "{\n  \"px\": 1.50,\n  \"tags\": []\n}", true);
            assertDelivered(server, "json", "{\"px\":", "{\"px\":", false);
            assertDelivered(server, "fix", "8=FIX.4.4\u000135=D\u0001", "8=FIX.4.4|35=D|", true);
            assertDelivered(server, "nvfix", "px=1.50\u0001qty=3\u0001", "px=1.50|qty=3|", true);
            assertDelivered(server, "binary", "\u0000\u007f\u00e9", "007fc3a9", true);
            assertDelivered(server, "text", "as \u0001 is", "as \u0001 is", false);
        }
    }

    @Test
    void onlyTheSessionThatAsksGetsThem() throws Exception {
        final BlockingQueue<String> plain = new LinkedBlockingQueue<>();
        final BlockingQueue<String> pretty = new LinkedBlockingQueue<>();
        try (TestServer server = TestServer.start(Carrier.USUAL);
                Client publisher = server.client("publisher");
                Client first = Client.connect(pretty(server, "json", true), "pretty");
                Client second = Client.connect(pretty(server, "json", false), "plain")) {
            first.subscribe("a", message -> pretty.add(message.isRendered() + " " + message.bodyText()));
            second.subscribe("a", message -> plain.add(message.isRendered() + " " + message.bodyText()));
            for (int i = 0; i < 2000; i++) {
                publisher.publish("a", "[" + i + "]");
            }
            assertEquals(2000, publisher.publishFlush(SOON).acknowledged());
            for (int i = 0; i < 2000; i++) {
                assertEquals("false [" + i + "]", plain.poll(20, TimeUnit.SECONDS));
                assertEquals("true [\n  " + i + "\n]", pretty.poll(20, TimeUnit.SECONDS));
            }
        }
    }

    @Test
    void aListenersOneMessageTypeIsTakenWhereTheStringGivesNone() {
        try (TestServer server = TestServer.ofTypes("json");
                Client client = Client.connect(server.uri() + "&pretty=true", "both")) {
            final MessageStream stream = client.stream("a", STREAM);
            client.publish("a", "[1]");
            assertEquals("[\n  1\n]", stream.next().bodyText());
        }
    }

    @Test
    void whatAFileHoldsComesThroughAsItsDigits() throws Exception {
        final byte[] published = Files.readAllBytes(Path.of("pom.xml"));
        try (TestServer server = TestServer.start(Carrier.USUAL);
                Client client = Client.connect(pretty(server, "binary", true), "both")) {
            final MessageStream stream = client.stream("a", STREAM);
            client.publish("a", published);
            final String digits = stream.next().bodyText();
            assertArrayEquals(published, HexFormat.of().parseHex(digits));
        }
    }

    @Test
    void aWordThatIsNoBooleanIsRefused() {
        assertCode(Code.CONFIGURATION_INVALID, () -> Client.connect("tcp://127.0.0.1:1?pretty=yes", "client"));
    }

    private static void assertDelivered(
            TestServer server, String messageType, String body, String delivered, boolean isRendered) {
        try (Client client = Client.connect(pretty(server, messageType, true), "both");
                MessageStream stream = client.stream("a/b", STREAM)) {
            client.publish("a/b", body.getBytes(UTF_8));
            client.publish("a/b", "");
            final Message message = stream.next();
            assertEquals(delivered, message.bodyText(), messageType);
            assertEquals(isRendered, message.isRendered(), messageType);
            assertEquals("a/b", message.topic());
            assertEquals("both", message.clientName());
            assertEquals(1, message.sequence());
            assertTrue(message.timestampNs() > 0);
            final Message empty = stream.next();
            assertEquals(0, empty.bodyLength());
            assertEquals(2, empty.sequence());
            assertFalse(empty.isRendered() && messageType.equals("text"));
        }
    }

    private static String pretty(TestServer server, String messageType, boolean pretty) {
        final String uri = server.uri();
        final int query = uri.indexOf('?');
        return uri.substring(0, query) + "/tautwire/" + messageType + uri.substring(query) + "&pretty=" + pretty;
    }
}
