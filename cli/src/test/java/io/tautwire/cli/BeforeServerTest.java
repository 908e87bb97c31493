package io.tautwire.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.client.Client;
import io.tautwire.server.Server;
import io.tautwire.server.ServerAuthenticator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that keep something in files, and start before their server. */
@Timeout(120)
class BeforeServerTest {
    private static final String WAITING = "waiting for the server: CONNECT_FAILED";

    @TempDir
    private Path directory;

    private String uri;
    private String store;

    @BeforeEach
    void setUp() {
        uri = "unix:///?path=" + directory.resolve("s");
        store = directory.resolve("store").toString();
    }

    private Server serve() {
        return Server.builder().listen(uri).start();
    }

    private static InputStream lines(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private CommandRun publish(InputStream in, String... options) {
        return CommandRun.start(in, words("publish", "--store", options));
    }

    private CommandRun subscribe(String... options) {
        return CommandRun.start(words("subscribe", "--bookmark-store", options));
    }

    private String[] words(String command, String kept, String... options) {
        final List<String> words = new ArrayList<>(List.of(command, uri, "t", kept, store));
        words.addAll(List.of(options));
        return words.toArray(String[]::new);
    }

    @Test
    void publishSaysALineThatItWaitsAndOneThatTheServerIsThere() {
        try (CommandRun publisher = publish(lines("one\ntwo\n")).awaitErr(WAITING);
                Server server = serve()) {
            assertEquals(0, publisher.awaitEnd().exitCode(), publisher.err());
            assertTrue(publisher.out().startsWith("published 2, acknowledged 2"), publisher.out());
            assertEquals(2, server.counters().appended());
            assertEquals("tautwire publish: connected", publisher.errLines().get(1));
            assertEquals(2, publisher.errLines().size(), publisher.err());
        }
    }

    @Test
    void aSessionThatIsLostLaterComesBack() throws IOException {
        final PipedOutputStream keyboard = new PipedOutputStream();
        try (CommandRun publisher = publish(new PipedInputStream(keyboard)).awaitErr(WAITING)) {
            try (Server first = serve()) {
                publisher.awaitErr("publish: connected\n");
                assertEquals(1, first.listeners().size());
            }
            publisher.awaitErr("connection lost: SERVER_CLOSING");
            keyboard.write("typed\n".getBytes(StandardCharsets.UTF_8));
            keyboard.close();
            try (Server second = serve()) {
                assertEquals(0, publisher.awaitErr("connected again").awaitEnd().exitCode(), publisher.err());
                assertEquals(1, second.counters().appended());
            }
        }
    }

    @Test
    void aStoreNamedByTheStringIsTheSame() {
        final String named = uri + "&store=" + store;
        try (CommandRun waiting = CommandRun.start(lines("one\n"), "publish", named, "t", "--flush-timeout", "50ms")) {
            assertEquals(1, waiting.awaitEnd().exitCode());
            assertTrue(waiting.err().contains("outstanding=1 stay in store=" + store), waiting.err());
        }
        try (CommandRun publisher = publish(lines("two\n")).awaitErr(WAITING);
                Server server = serve()) {
            assertEquals(0, publisher.awaitEnd().exitCode(), publisher.err());
            assertEquals(2, server.counters().appended());
        }
    }

    @Test
    void aStoreIsForcedWhenTheStringSaysSo() {
        uri += "&store_sync=true";
        try (Server server = Server.builder()
                        .listen(uri.substring(0, uri.indexOf('&')))
                        .start();
                CommandRun publisher = publish(lines("one\n"))) {
            assertEquals(0, publisher.awaitEnd().exitCode(), publisher.err());
            assertEquals(1, server.counters().appended());
        }
    }

    /** What was typed is in the store when more is read. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoWaitsEndsAtOnceAndTellsWhatIsInTheStore(boolean isAllTyped) throws InterruptedException {
        try (Keyboard keyboard = new Keyboard("one\ntwo\n", isAllTyped);
                CommandRun publisher =
                        publish(keyboard, "--flush-timeout", "10m").awaitErr(WAITING)) {
            assertTrue(keyboard.read.await(60, TimeUnit.SECONDS));
            assertEquals(1, publisher.interrupt().awaitEnd().exitCode());
            final String end = publisher.errLines().get(1);
            assertTrue(end.contains("INTERRUPTED: ended by the user while there was no server"), end);
            assertTrue(end.contains("outstanding=2 stay in store=" + store), end);
            assertEquals(2, publisher.errLines().size(), publisher.err());
        }
    }

    @Test
    void aRefusedLogonEndsIt() throws IOException {
        final Path users = directory.resolve("users");
        Files.writeString(
                users,
                CommandRun.runWithInput("sesame", "user", "alice", "--password-stdin", "--iterations", "4096")
                        .out());
        try (CommandRun publisher = publish(lines("one\n")).awaitErr(WAITING);
                CommandRun subscriber = CommandRun.start("subscribe", uri, "t", "--bookmark-store", store + "-2")
                        .awaitErr(WAITING);
                Server server = Server.builder()
                        .listen(uri)
                        .authenticator(ServerAuthenticator.users(users))
                        .start()) {
            for (final CommandRun run : List.of(publisher, subscriber)) {
                assertEquals(1, run.awaitEnd().exitCode());
                assertTrue(run.errLines().get(1).contains(": AUTHENTICATION_FAILED: "), run.err());
                assertEquals(2, run.errLines().size(), run.err());
            }
            assertTrue(publisher.err().contains("outstanding=1 stay in store="), publisher.err());
            assertEquals(0, server.counters().appended());
        }
    }

    @Test
    void subscribeBeginsWhenTheServerIsThere() {
        try (CommandRun subscriber = subscribe("--count", "1").awaitErr(WAITING);
                Server server = serve()) {
            subscriber.awaitErr("subscribe: connected\nsubscribed\n");
            try (Client client = Client.connect(uri, "publisher")) {
                client.publish("t", "hello");
                client.publishFlush();
            }
            assertEquals(0, subscriber.awaitEnd().exitCode(), subscriber.err());
            assertEquals("hello\n", subscriber.out());
            assertEquals(1, server.counters().appended());
        }
    }

    @Test
    void subscribeThatWaitsEndsWhenTheUserWishes() {
        try (CommandRun subscriber = subscribe().awaitErr(WAITING)) {
            assertEquals(0, subscriber.interrupt().awaitEnd().exitCode(), subscriber.err());
            assertEquals(1, subscriber.errLines().size(), subscriber.err());
        }
    }

    @Test
    void subscribeWaitsNoLongerThanForAMessage() {
        try (CommandRun subscriber = subscribe("--timeout", "100ms")) {
            assertEquals(1, subscriber.awaitEnd().exitCode());
            assertTrue(subscriber.err().contains("nothing arrived for timeout=100ms; received=0"), subscriber.err());
        }
    }

    @Test
    void withoutReconnectingNothingIsWaitedFor() {
        try (CommandRun publisher = publish(lines("one\n"), "--no-reconnect");
                CommandRun subscriber = CommandRun.start(
                        "subscribe", uri + "&reconnect=false", "t", "--bookmark-store", store + "-2")) {
            for (final CommandRun run : List.of(publisher, subscriber)) {
                assertEquals(1, run.awaitEnd().exitCode());
                assertTrue(run.err().contains(": CONNECT_FAILED: "), run.err());
                assertEquals(1, run.errLines().size(), run.err());
            }
        }
    }

    /** Tells when all that was typed has been read, and then has an end or none. */
    private static final class Keyboard extends InputStream {
        private final CountDownLatch read = new CountDownLatch(1);
        private final CountDownLatch closed = new CountDownLatch(1);
        private final InputStream typed;

        Keyboard(String text, boolean hasEnd) {
            typed = lines(text);
            if (hasEnd) {
                closed.countDown();
            }
        }

        @Override
        public int read() throws IOException {
            final byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            final int count = typed.read(into, offset, length);
            if (count < 0) {
                read.countDown();
                awaitClosed();
            }
            return count;
        }

        private void awaitClosed() throws IOException {
            try {
                closed.await();
            } catch (final InterruptedException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }
}
