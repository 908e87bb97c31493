package io.tautwire.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.client.BookmarkStore;
import io.tautwire.client.Client;
import io.tautwire.client.ClientConfig;
import io.tautwire.client.MessageStream;
import io.tautwire.client.StreamConfig;
import io.tautwire.client.SubscribeOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where {@code subscribe} begins, and what it remembers. */
final class SubscribeFromTest extends WithServer {
    @TempDir
    Path directory;

    @BeforeEach
    void publishThree() {
        publish("one", "two", "three");
    }

    private void publish(String... bodies) {
        final String input = String.join("\n", bodies) + "\n";
        assertEquals(0, CommandRun.runWithInput(input, "publish", uri(), "a").exitCode());
    }

    private CommandRun subscribe(String... options) {
        final List<String> words = new ArrayList<>(List.of("subscribe", uri(), "a"));
        words.addAll(Arrays.asList(options));
        return CommandRun.run(words.toArray(String[]::new));
    }

    private String store() {
        return directory.resolve("store").toString();
    }

    @Test
    void beginsAtTheStartAfterABookmarkOrAtATime() {
        final CommandRun all = subscribe("--from", "start", "--count", "3", "--json");
        assertEquals(0, all.exitCode(), all.err());
        final List<Object> bodies = new ArrayList<>();
        all.outLines().forEach(line -> bodies.add(JsonText.parse(line).get("body")));
        assertEquals(List.of("one", "two", "three"), bodies);
        final String second = (String) JsonText.parse(all.outLines().get(1)).get("bookmark");
        assertEquals("three\n", subscribe("--from", second, "--count", "1").out());
        final String time = (String) JsonText.parse(all.outLines().get(0)).get("timestamp");
        assertEquals(
                "one\ntwo\nthree\n", subscribe("--from", time, "--count", "3").out());
    }

    @Test
    void goesOnWhereTheLastRunWithTheSameStoreEnded() {
        assertEquals(
                "one\ntwo\n",
                subscribe("--bookmark-store", store(), "--count", "2").out());
        publish("four");
        final CommandRun rest = subscribe("--bookmark-store", store(), "--from", "last", "--count", "2", "--json");
        assertEquals(0, rest.exitCode(), rest.err());
        assertEquals(2, rest.outLines().size());
        assertEquals("three", JsonText.parse(rest.outLines().get(0)).get("body"));
        assertEquals("four", JsonText.parse(rest.outLines().get(1)).get("body"));
        assertFalse(rest.out().contains("possiblyRepeated"), rest.out());
        final CommandRun nothing = subscribe("--bookmark-store", store(), "--timeout", "100ms");
        assertEquals(1, nothing.exitCode());
        assertEquals("", nothing.out());
        assertEquals(
                "one\n",
                subscribe("--bookmark-store", store(), "--name", "another", "--count", "1")
                        .out());
    }

    @Test
    void saysWhatMayHaveBeenPrintedBefore() {
        try (BookmarkStore store = BookmarkStore.file(Path.of(store()));
                Client client = new Client(new ClientConfig("killed").bookmarkStore(store))) {
            client.connect(uri());
            client.logon();
            try (MessageStream stream = client.stream(
                    "a", SubscribeOptions.resuming("a"), StreamConfig.defaults().withTimeout(Duration.ofSeconds(30)))) {
                stream.next().discard();
                assertEquals("two", stream.next().bodyText());
                assertEquals("three", stream.next().bodyText());
            }
        }
        final CommandRun run = subscribe("--bookmark-store", store(), "--count", "2", "--json");
        assertEquals(0, run.exitCode(), run.err());
        for (final String line : run.outLines()) {
            assertEquals(true, JsonText.parse(line).get("possiblyRepeated"), line);
        }
    }

    @Test
    void aStoreInUseIsRefusedNamingTheHolder() {
        try (BookmarkStore store = BookmarkStore.file(Path.of(store()))) {
            final CommandRun run = subscribe("--bookmark-store", store());
            assertEquals(1, run.exitCode());
            assertOneLine(run, "JOURNAL_IN_USE");
            assertTrue(run.err().contains("" + ProcessHandle.current().pid()), run.err() + store);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--from, yesterday, from=yesterday is no place to begin",
        "--from, 2026-11-21T25:00:00Z, is no place to begin",
        "--from, 2026-11-21T12:00:00, is no place to begin",
        "--from, last, needs a place that remembers",
        "--on, persisted, 'persisted' is none of received",
        "--bookmark-not-found, end, 'end' is none of fail"
    })
    void refusesABadOptionInOneLine(String option, String value, String said) {
        final CommandRun run = subscribe(option, value);
        assertEquals(2, run.exitCode(), run.err());
        assertOneLine(run, said);
    }

    @Test
    void aBookmarkOfAnotherJournalFailsUnlessAskedOtherwise() {
        final CommandRun failed = subscribe("--from", "bad.0.4096");
        assertEquals(1, failed.exitCode());
        assertOneLine(failed, "BOOKMARK_UNKNOWN");
        assertEquals(
                "one\n",
                subscribe("--from", "bad.0.4096", "--bookmark-not-found", "start", "--count", "1")
                        .out());
        final CommandRun synced = subscribe("--on", "synced");
        assertEquals(1, synced.exitCode());
        assertOneLine(synced, "SUBSCRIPTION_INVALID");
    }

    private static void assertOneLine(CommandRun run, String said) {
        assertTrue(run.err().contains(said), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
    }
}
