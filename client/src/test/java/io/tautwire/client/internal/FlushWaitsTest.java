package io.tautwire.client.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class FlushWaitsTest {
    private final FlushWaits waits = new FlushWaits(0);

    @Test
    void isOverWhenAllUpToTheSequenceHaveAnOutcome() {
        final CompletableFuture<FlushWaits.Totals> five = waits.await(5);
        waits.onOutcome(1, 4, Code.OK);
        assertFalse(five.isDone());
        waits.onOutcome(5, 9, Code.OK);
        assertEquals(new FlushWaits.Totals(9, 9, 0), five.join());
    }

    @Test
    void laterCommandsAreNotWaitedFor() {
        final CompletableFuture<FlushWaits.Totals> five = waits.await(5);
        final CompletableFuture<FlushWaits.Totals> ten = waits.await(10);
        waits.onOutcome(1, 5, Code.OK);
        assertTrue(five.isDone());
        assertFalse(ten.isDone());
    }

    @Test
    void refusalsEndItTooAndAreCountedApart() {
        final CompletableFuture<FlushWaits.Totals> five = waits.await(5);
        waits.onOutcome(1, 2, Code.OK);
        waits.onOutcome(3, 4, Code.NOT_ENTITLED);
        waits.onOutcome(5, 5, Code.OK);
        assertEquals(new FlushWaits.Totals(5, 3, 2), five.join());
    }

    @Test
    void isOverAtOnceWhenNothingIsOutstanding() {
        assertEquals(new FlushWaits.Totals(0, 0, 0), waits.await(0).join());
        waits.onOutcome(1, 3, Code.OK);
        assertEquals(new FlushWaits.Totals(3, 3, 0), waits.await(3).join());
    }

    @Test
    void closingWakesEverybody() {
        final CompletableFuture<FlushWaits.Totals> before = waits.await(1);
        waits.close();
        assertClosed(before);
        assertClosed(waits.await(1));
    }

    @Test
    void whoGaveUpIsForgotten() {
        final CompletableFuture<FlushWaits.Totals> wait = waits.await(1);
        waits.forget(wait);
        waits.onOutcome(1, 1, Code.OK);
        assertFalse(wait.isDone());
    }

    private static void assertClosed(CompletableFuture<FlushWaits.Totals> wait) {
        final CompletionException failure = assertThrows(CompletionException.class, wait::join);
        assertEquals(Code.CLOSED, ((TautwireException) failure.getCause()).code());
    }
}
