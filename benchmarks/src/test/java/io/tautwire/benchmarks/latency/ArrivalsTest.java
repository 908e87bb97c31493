package io.tautwire.benchmarks.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ArrivalsTest {
    private static final int TURNS_PARKED = 20_000;
    private static final int TURNS_SPINNING = 200; // on one core each costs two time slices
    private static final Executor OWN_THREAD = task -> new Thread(task).start();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noArrivalIsMissed(boolean isSpinning) {
        final Arrivals there = new Arrivals(isSpinning);
        final Arrivals back = new Arrivals(isSpinning);
        final int turns = isSpinning ? TURNS_SPINNING : TURNS_PARKED;
        final CompletableFuture<Void> peer = CompletableFuture.runAsync(
                () -> {
                    for (int i = 1; i <= turns; i++) {
                        there.await(i);
                        back.reached(i);
                    }
                },
                OWN_THREAD);
        for (int i = 1; i <= turns; i++) {
            there.reached(i);
            back.await(i);
        }
        peer.join();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFailureEndsTheWait(boolean isSpinning) {
        final Arrivals arrivals = new Arrivals(isSpinning);
        final CompletableFuture<Void> waiter = CompletableFuture.runAsync(() -> arrivals.await(1), OWN_THREAD);
        arrivals.fail("gone");
        final Throwable cause = assertThrows(Exception.class, waiter::join).getCause();
        assertEquals("sequence=1 has no answer: gone", cause.getMessage());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void roomIsAwaitedUntilHalfHasArrived(boolean isSpinning) {
        final Arrivals arrivals = new Arrivals(isSpinning);
        arrivals.reached(1);
        arrivals.awaitRoom(8, 8); // seven are under way
        arrivals.fail("had to wait");
        assertThrows(IllegalStateException.class, () -> arrivals.awaitRoom(9, 8));
        arrivals.reached(5);
        arrivals.awaitRoom(9, 8);
    }
}
