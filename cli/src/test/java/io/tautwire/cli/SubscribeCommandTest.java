package io.tautwire.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.client.Client;
import io.tautwire.client.PublicationSpec;
import io.tautwire.codec.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SubscribeCommandTest extends WithServer {
    private void publish(String topic, String... bodies) {
        final CommandRun run = CommandRun.runWithInput(
                String.join("\n", bodies) + "\n", "publish", uri(), topic, "--name", "publisher-1");
        assertEquals(0, run.exitCode(), run.err());
    }

    private String pretty(String messageType) {
        return "tcp://127.0.0.1:" + server().listeners().get(0).port() + "/tautwire/" + messageType
                + "?pretty=true&name=reader-of-" + messageType;
    }

    @Test
    void printsBodiesALineEach() {
        try (CommandRun run = CommandRun.start("subscribe", uri(), "a/#", "--count", "3")) {
            run.awaitErr("subscribed\n");
            publish("a/b", "one", "", "thrée");
            publish("b", "not asked for");
            run.awaitEnd();
            assertEquals(0, run.exitCode(), run.err());
            assertEquals("one\n\nthrée\n", run.out());
            assertEquals("subscribed\n", run.err());
        }
    }

    @Test
    void printsAMessageAsSoonAsItCame() {
        try (CommandRun run = CommandRun.start("subscribe", uri(), "a")) {
            run.awaitErr("subscribed\n");
            publish("a", "first");
            run.awaitOut("first\n");
            publish("a", "second");
            run.awaitOut("second\n");
            assertTrue(run.isRunning());
            run.interrupt().awaitEnd();
            assertEquals(0, run.exitCode());
        }
    }

    @Test
    void printsNoMoreThanTheCount() {
        try (CommandRun run = CommandRun.start("subscribe", uri(), "a", "--count", "2")) {
            run.awaitErr("subscribed\n");
            publish("a", "1", "2", "3", "4");
            run.awaitEnd();
            assertEquals("1\n2\n", run.out());
        }
    }

    @Test
    void printsJsonWithEveryField() {
        final Instant before = Instant.now();
        try (CommandRun run = CommandRun.start("subscribe", uri(), "a/+", "--count", "2", "--json")) {
            run.awaitErr("subscribed\n");
            publish("a/b", "{\"é\":1}", "two");
            run.awaitEnd();
            final Map<String, Object> first = JsonText.parse(run.outLines().get(0));
            assertEquals(
                    List.of("topic", "bookmark", "timestamp", "publisher", "sequence", "headers", "body"),
                    List.copyOf(first.keySet()));
            assertEquals("a/b", first.get("topic"));
            assertEquals("publisher-1", first.get("publisher"));
            assertEquals(1L, first.get("sequence"));
            assertEquals(Map.of(), first.get("headers"));
            assertEquals("{\"é\":1}", first.get("body"));
            assertTrue(
                    ((String) first.get("timestamp")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z"));
            final Instant stamped = Instant.parse((String) first.get("timestamp"));
            assertTrue(stamped.isAfter(before.minusSeconds(60)) && stamped.isBefore(before.plusSeconds(60)));
            assertEquals(2L, JsonText.parse(run.outLines().get(1)).get("sequence"));
        }
    }

    @Test
    void printsHeadersAndBodiesThatAreNoText() {
        final byte[] body = {(byte) 0xC3, 0x28, 0};
        try (CommandRun run = CommandRun.start("subscribe", uri(), "a", "--count", "1", "--json");
                Client client = Client.connect(uri(), "publisher")) {
            run.awaitErr("subscribed\n");
            client.publication(PublicationSpec.of("a")
                            .withHeaders(Headers.builder()
                                    .add("kind", "tést")
                                    .add("raw", body)
                                    .build()))
                    .publish(body);
            client.publishFlush(Duration.ofSeconds(10));
            run.awaitEnd();
            final String encoded = Base64.getEncoder().encodeToString(body);
            assertEquals(
                    Map.of("kind", "tést", "rawBase64", encoded), run.json().get("headers"));
            assertEquals(encoded, run.json().get("bodyBase64"));
            assertTrue(!run.json().containsKey("body"));
        }
    }

    @Test
    void printsReadableBodiesWhereTheConnectionStringAsksForThem() {
        try (CommandRun json = CommandRun.start("subscribe", pretty("json"), "a", "--count", "2");
                CommandRun fix = CommandRun.start("subscribe", pretty("fix"), "a", "--count", "2");
                CommandRun binary = CommandRun.start("subscribe", pretty("binary"), "a", "--count", "2");
                CommandRun text = CommandRun.start("subscribe", pretty("text"), "a", "--count", "2");
                CommandRun plain = CommandRun.start("subscribe", uri(), "a", "--count", "2")) {
            for (final CommandRun run : List.of(json, fix, binary, text, plain)) {
                run.awaitErr("subscribed\n");
            }
            publish("a", "{\"px\":1.50}", "35=D\u0001");
            for (final CommandRun run : List.of(json, fix, binary, text, plain)) {
                assertEquals(0, run.awaitEnd().exitCode(), run.err());
            }
            assertEquals("{\n  \"px\": 1.50\n}\n35=D\u0001\n", json.out());
            assertEquals("{\"px\":1.50}\n35=D|\n", fix.out());
            assertEquals("7b227078223a312e35307d\n33353d4401\n", binary.out());
            assertEquals("{\"px\":1.50}\n35=D\u0001\n", text.out());
            assertEquals(text.out(), plain.out());
        }
    }

    @Test
    void marksRenderedBodiesInItsJson() {
        try (CommandRun run = CommandRun.start("subscribe", pretty("json"), "a", "--count", "2", "--json")) {
            run.awaitErr("subscribed\n");
            publish("a", "[1]", "no json");
            run.awaitEnd();
            final Map<String, Object> first = JsonText.parse(run.outLines().get(0));
            assertEquals(true, first.get("rendered"));
            assertEquals("[\n  1\n]", first.get("body"));
            assertTrue(!run.json().containsKey("rendered"));
            assertEquals("no json", run.json().get("body"));
        }
    }

    @Test
    void whoIsReplacedSaysSo() {
        final String user = uri().replace("tcp://", "tcp://alice@");
        try (CommandRun first = CommandRun.start("subscribe", user, "a", "--name", "one")) {
            first.awaitErr("subscribed\n");
            try (CommandRun second = CommandRun.start("subscribe", user, "a", "--name", "one")) {
                second.awaitErr("subscribed\n");
                first.awaitEnd();
                assertEquals(1, first.exitCode());
                assertEquals(2, first.errLines().size(), first.err());
                assertTrue(first.errLines().get(1).contains("SESSION_REPLACED"), first.err());
                assertTrue(second.isRunning());
            }
        }
    }

    @Test
    void nothingWithinTheTimeoutIsAFailure() {
        final CommandRun run = CommandRun.run("subscribe", uri(), "a", "--timeout", "50ms");
        assertEquals(1, run.exitCode());
        assertEquals(2, run.errLines().size());
        assertEquals("subscribed", run.errLines().get(0));
        assertTrue(run.errLines().get(1).contains("timeout=50ms"), run.err());
    }

    @Test
    void theVariableStandsForAMissingUri() {
        final CommandRun run = CommandRun.runWithUri(uri(), "", "subscribe", "a", "--timeout", "50ms");
        assertEquals(1, run.exitCode());
        assertEquals("subscribed", run.errLines().get(0));
    }

    @Test
    void theNameSaysWhoAndWhere() {
        try (CommandRun run = CommandRun.start("subscribe", uri(), "a", "--count", "1", "--json")) {
            run.awaitErr("subscribed\n");
            CommandRun.runWithInput("x\n", "publish", uri(), "a");
            run.awaitEnd();
            final String expected = "publish-" + System.getProperty("user.name") + "@.+-"
                    + ProcessHandle.current().pid();
            assertTrue(((String) run.json().get("publisher")).matches(expected), run.out());
        }
    }

    @Test
    void theNameOfTheConnectionStringHolds() {
        try (CommandRun run = CommandRun.start("subscribe", uri(), "a", "--count", "1", "--json")) {
            run.awaitErr("subscribed\n");
            CommandRun.runWithInput("x\n", "publish", uri("name=pricer-1"), "a");
            run.awaitEnd();
            assertEquals("pricer-1", run.json().get("publisher"));
        }
    }

    @Test
    void aMessageOfManyReadsComesWhole() {
        final String body = "0123456789".repeat(50_000);
        try (CommandRun run = CommandRun.start("subscribe", uri(), "a", "--count", "2")) {
            run.awaitErr("subscribed\n");
            publish("a", body, "end");
            run.awaitEnd();
            assertEquals(body + "\nend\n", run.out());
            assertEquals(body.length() + 5, run.out().getBytes(StandardCharsets.UTF_8).length);
        }
    }
}
