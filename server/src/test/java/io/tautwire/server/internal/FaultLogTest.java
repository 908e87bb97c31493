package io.tautwire.server.internal;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.server.internal.broker.FaultKind;
import org.junit.jupiter.api.Test;

class FaultLogTest {
    private long nowNs = -5;

    @Test
    void reportsEachKindOncePerInterval() {
        final FaultLog log = new FaultLog(() -> nowNs);
        assertTrue(log.report(FaultKind.PROTOCOL, "first", null));
        assertFalse(log.report(FaultKind.PROTOCOL, "left out", null));
        assertTrue(log.report(FaultKind.CONNECTION, "another kind", new IllegalStateException("cause")));
        nowNs += FaultLog.INTERVAL_NS - 1;
        assertFalse(log.report(FaultKind.PROTOCOL, "left out", null));
        nowNs++;
        assertTrue(log.report(FaultKind.PROTOCOL, "after the interval", null));
    }
}
