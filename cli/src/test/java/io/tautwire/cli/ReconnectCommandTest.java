package io.tautwire.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.client.Client;
import io.tautwire.server.Server;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands whose server goes away and comes back. */
class ReconnectCommandTest {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);

    @TempDir
    private Path directory;

    private Server first;

    @BeforeEach
    void startFirst() {
        first = start();
    }

    @AfterEach
    void closeFirst() {
        first.close();
    }

    @Test
    void subscribeSaysALineForTheLossAndOneForTheReturnAndGoesOn() {
        try (CommandRun subscriber = CommandRun.start("subscribe", uri(), "t").awaitErr("subscribed")) {
            first.close();
            subscriber.awaitErr("connection lost: SERVER_CLOSING");
            try (Server second = start()) {
                subscriber.awaitErr("connected again").awaitErr("MESSAGE_GAP"); // it has another journal
                publish("hello");
                subscriber.awaitOut("hello\n");
                assertEquals(1, second.counters().appended());
                assertEquals(0, subscriber.interrupt().awaitEnd().exitCode());
                assertEquals(4, subscriber.errLines().size(), subscriber.err());
            }
        }
    }

    @Test
    void publishSendsWhatWasTypedWithoutAConnection() throws IOException {
        final PipedOutputStream keyboard = new PipedOutputStream();
        try (CommandRun publisher = CommandRun.start(new PipedInputStream(keyboard), "publish", uri(), "t")) {
            closeWhenAppended(keyboard);
            publisher.awaitErr("connection lost: SERVER_CLOSING");
            keyboard.write("typed\n".getBytes(StandardCharsets.UTF_8));
            keyboard.close();
            try (Server second = start()) {
                publisher.awaitErr("connected again").awaitEnd();
                assertEquals(0, publisher.exitCode(), publisher.err());
                assertTrue(publisher.out().startsWith("published 2, acknowledged 2"), publisher.out());
                assertEquals(1, second.counters().appended());
            }
        }
    }

    @Test
    void aServerThatStaysAwayIsAFailureWhenTheFlushIsLate() throws IOException {
        final PipedOutputStream keyboard = new PipedOutputStream();
        try (CommandRun publisher =
                CommandRun.start(new PipedInputStream(keyboard), "publish", "--flush-timeout", "20ms", uri(), "t")) {
            closeWhenAppended(keyboard);
            publisher.awaitErr("connection lost: SERVER_CLOSING");
            keyboard.write("typed\n".getBytes(StandardCharsets.UTF_8));
            keyboard.close();
            assertEquals(1, publisher.awaitEnd().exitCode());
            assertTrue(publisher.err().contains("of published=2"), publisher.err());
        }
    }

    /** The publisher is logged on when its first message is there. */
    private void closeWhenAppended(PipedOutputStream keyboard) throws IOException {
        keyboard.write("first\n".getBytes(StandardCharsets.UTF_8));
        keyboard.flush();
        final long begin = System.nanoTime();
        while (first.counters().appended() == 0) {
            assertTrue(System.nanoTime() - begin < PATIENCE_NS, "nothing was published");
            Thread.onSpinWait();
        }
        first.close();
    }

    private void publish(String body) {
        try (Client client = Client.connect(uri(), "publisher")) {
            client.publish("t", body);
            client.publishFlush();
        }
    }

    private Server start() {
        return Server.builder().listen(uri()).start();
    }

    private String uri() {
        return "unix:///?path=" + directory.resolve("s");
    }
}
