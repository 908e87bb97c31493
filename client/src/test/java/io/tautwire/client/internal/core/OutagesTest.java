package io.tautwire.client.internal.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.codec.sbe.Code;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutagesTest {
    private final List<String> asked = new ArrayList<>();
    private long answer = 10;
    private final Outages outages = new Outages((attempt, elapsedNs) -> {
        asked.add(attempt + " after " + elapsedNs);
        return answer;
    });

    @Test
    void countsTheAttemptsAndTheTimeSinceTheLoss() {
        outages.begin(Code.DISCONNECTED, 100);
        outages.nextDelayNs(100);
        outages.nextDelayNs(170);
        outages.begin(Code.SERVER_CLOSING, 1000);
        outages.nextDelayNs(1001);
        assertEquals(List.of("1 after 0", "2 after 70", "1 after 1"), asked);
    }

    @Test
    void sessionsThatEndByAFaultDoNotBeginTheDelaysAnew() {
        outages.begin(Code.DISCONNECTED, 0);
        outages.nextDelayNs(5);
        outages.begin(Code.PROTOCOL_ERROR, 20);
        outages.nextDelayNs(21);
        assertEquals(List.of("1 after 5", "2 after 1"), asked);
    }

    @Test
    void givesUpWhenThePolicyDoes() {
        answer = -7;
        outages.begin(Code.DISCONNECTED, 0);
        assertEquals(Outages.GIVE_UP, outages.nextDelayNs(0));
    }

    @Test
    void refusalsAndReplacementAreFinalAndTroubleIsNot() {
        for (final Code code : List.of(
                Code.AUTHENTICATION_FAILED, Code.NAME_IN_USE, Code.SESSION_REPLACED, Code.MESSAGE_TYPE_REFUSED)) {
            assertTrue(Outages.isFinal(code), code.toString());
        }
        for (final Code code : List.of(
                Code.CONNECT_FAILED,
                Code.DISCONNECTED,
                Code.SERVER_CLOSING,
                Code.LOGON_TIMEOUT,
                Code.TLS_FAILED,
                Code.LIMIT_REACHED,
                Code.CHECKSUM_MISMATCH,
                Code.TIMED_OUT)) {
            assertFalse(Outages.isFinal(code), code.toString());
        }
    }
}
