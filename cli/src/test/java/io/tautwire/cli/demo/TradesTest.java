package io.tautwire.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

final class TradesTest {
    private final Trades trades = Trades.load();

    @Test
    void holdsEveryTradeOfTheFile() {
        assertEquals(100_000, trades.count());
        assertEquals("{\"timestamp\":1385337600,\"price\":800.01,\"amount\":0.1}", body(0));
        assertEquals("{\"timestamp\":1385913725,\"price\":999,\"amount\":1.2926331}", body(99_999));
    }

    @Test
    void knowsItsOwnBodies() {
        final DirectBuffer bodies = trades.bodies();
        assertTrue(trades.matches(7, bodies, trades.offset(7), trades.length(7)));
        assertFalse(trades.matches(7, bodies, trades.offset(8), trades.length(8)));
        assertFalse(trades.matches(7, bodies, trades.offset(7), trades.length(7) - 1));
    }

    private String body(int index) {
        return trades.bodies().getStringWithoutLengthAscii(trades.offset(index), trades.length(index));
    }
}
