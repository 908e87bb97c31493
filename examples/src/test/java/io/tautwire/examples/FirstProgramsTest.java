package io.tautwire.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.server.Server;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FirstProgramsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

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
    void everyTradeThatIsPublishedIsPrinted() throws Exception {
        final CompletableFuture<Void> subscriber;
        try (Server server = Server.builder().listen("tcp://127.0.0.1:0").start()) {
            final String uri = server.listeners().get(0).uri() + "?reconnect=false";
            subscriber = CompletableFuture.runAsync(() -> FirstSubscriber.main(new String[] {uri}));
            awaitPrinted("subscribed");
            FirstPublisher.main(new String[] {uri});
            awaitPrinted("acknowledged 10 trades");
            awaitPrinted("trades/BTCUSD {\"price\":809,\"amount\":0.1}");
        }
        subscriber.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertEquals(
                10,
                printed.toString(UTF_8)
                        .lines()
                        .filter(line -> line.startsWith("trades/BTCUSD {"))
                        .count());
    }

    private void awaitPrinted(String text) {
        final long startNs = System.nanoTime();
        while (!printed.toString(UTF_8).contains(text)) {
            assertTrue(System.nanoTime() - startNs < PATIENCE.toNanos(), () -> "no '" + text + "' in " + printed);
            Thread.onSpinWait();
        }
    }
}
