package io.tautwire.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class DeliveryAuditTest {
    private static final int TOTAL = 5;
    private static final Trades TRADES = Trades.load();

    private final PublishTimes times = new PublishTimes(8);
    private final DeliveryAudit audit = new DeliveryAudit(TRADES, TOTAL, times);

    private void deliver(int... sequences) {
        for (final int sequence : sequences) {
            deliver(sequence, sequence - 1);
        }
    }

    private void deliver(int sequence, int tradeIndex) {
        audit.onDelivery(sequence, TRADES.bodies(), TRADES.offset(tradeIndex), TRADES.length(tradeIndex), 1_000);
    }

    private DemoResult result() {
        return DemoResult.of(TOTAL, TOTAL, "received", List.of(audit, audit), 1);
    }

    @Test
    void allOnceAndInOrderIsFlawless() {
        deliver(1, 2, 3, 4, 5);
        assertEquals(5, audit.highest());
        assertEquals(List.of(5L, 5L), result().delivered());
        assertTrue(result().isFlawless());
    }

    @Test
    void countsWhatNeverCame() {
        deliver(1, 2, 4);
        assertEquals(2, audit.lost());
        assertEquals(0, audit.outOfOrder());
        assertFalse(result().isFlawless());
    }

    @Test
    void countsWhatCameAgain() {
        deliver(1, 2, 2, 3, 4, 5, 1);
        assertEquals(2, audit.duplicated());
        assertEquals(0, audit.lost());
        assertEquals(7, audit.delivered());
        assertFalse(result().isFlawless());
    }

    @Test
    void countsWhatCameLate() {
        deliver(1, 3, 2, 4, 5);
        assertEquals(1, audit.outOfOrder());
        assertEquals(0, audit.lost());
        assertEquals(0, audit.duplicated());
        assertFalse(result().isFlawless());
    }

    @Test
    void anotherBodyIsNotTheMessage() {
        deliver(1, 2, 3, 4);
        deliver(5, 3);
        assertEquals(1, audit.lost());
    }

    @Test
    void measuresFromThePublishOfTheSameSequence() {
        for (int sequence = 1; sequence <= TOTAL; sequence++) {
            times.put(sequence, 1_000 - sequence);
        }
        deliver(1, 2, 3, 4, 5);
        assertEquals(TOTAL, audit.deliverNanos().getTotalCount());
        assertEquals(1, audit.deliverNanos().getMinValue());
        assertEquals(5, audit.deliverNanos().getMaxValue());
    }

    @Test
    void oneMessageUnacknowledgedIsAFlaw() {
        deliver(1, 2, 3, 4, 5);
        assertFalse(
                DemoResult.of(TOTAL, TOTAL - 1, "received", List.of(audit), 1).isFlawless());
    }
}
