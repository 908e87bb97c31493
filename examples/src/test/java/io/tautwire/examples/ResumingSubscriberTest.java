package io.tautwire.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tautwire.server.Server;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResumingSubscriberTest {
    @TempDir
    Path directory;

    private final PrintStream original = System.out;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeEach
    void capture() {
        System.setOut(new PrintStream(printed, true, UTF_8));
    }

    @AfterEach
    void restore() {
        System.setOut(original);
    }

    @Test
    void everyTradeIsBookedOnceHoweverOftenItIsStarted() {
        try (Server server = Server.builder().listen("tcp://127.0.0.1:0").start()) {
            final String uri = server.listeners().get(0).uri().toString();
            final String[] args = {uri, directory.resolve("bookmarks").toString()};
            FirstPublisher.main(new String[] {uri});
            runUntilBooked(args, 10);
            FirstPublisher.main(new String[] {uri});
            runUntilBooked(args, 20);
        }
    }

    /** It ends when nothing came for a second, which on a busy machine may be before everything did. */
    private void runUntilBooked(String[] args, int trades) {
        for (int run = 0; run < 30 && booked() < trades; run++) {
            ResumingSubscriber.main(args);
        }
        assertEquals(trades, booked());
    }

    private long booked() {
        return printed.toString(UTF_8)
                .lines()
                .filter(line -> line.startsWith("booked: "))
                .count();
    }
}
