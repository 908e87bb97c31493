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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands whose server goes away and comes back. */
class ReconnectCommandTest {
    @TempDir
    private Path directory;

    @Test
    void subscribeSaysALineForTheLossAndOneForTheReturnAndGoesOn() {
        try (Server first = start();
                CommandRun subscriber =
                        CommandRun.start("subscribe", uri(), "t").awaitErr("subscribed")) {
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
        try (Server first = start();
                PipedOutputStream keyboard = new PipedOutputStream();
                CommandRun publisher = CommandRun.start(new PipedInputStream(keyboard), "publish", uri(), "t")) {
            first.close();
            publisher.awaitErr("connection lost: SERVER_CLOSING");
            keyboard.write("typed\n".getBytes(StandardCharsets.UTF_8));
            keyboard.close();
            try (Server second = start()) {
                publisher.awaitErr("connected again").awaitEnd();
                assertEquals(0, publisher.exitCode(), publisher.err());
                assertTrue(publisher.out().startsWith("published 1, acknowledged 1"), publisher.out());
                assertEquals(1, second.counters().appended());
            }
        }
    }

    @Test
    void aServerThatStaysAwayIsAFailureWhenTheFlushIsLate() throws IOException {
        try (Server first = start();
                PipedOutputStream keyboard = new PipedOutputStream();
                CommandRun publisher = CommandRun.start(
                        new PipedInputStream(keyboard), "publish", "--flush-timeout", "20ms", uri(), "t")) {
            first.close();
            publisher.awaitErr("connection lost: SERVER_CLOSING");
            keyboard.write("typed\n".getBytes(StandardCharsets.UTF_8));
            keyboard.close();
            assertEquals(1, publisher.awaitEnd().exitCode());
            assertTrue(publisher.err().contains("unacknowledged=1"), publisher.err());
        }
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
