package io.tautwire.client.internal.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.client.internal.OpenStore;
import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.codec.sbe.Code;
import java.util.List;
import org.junit.jupiter.api.Test;

class AcknowledgementsTest {
    private final SessionFixture fixture = new SessionFixture().logOn(0);

    @Test
    void aRefusalIsNotFoldedIntoASuccess() {
        fixture.publishAndFlush(5);
        fixture.peer.ack(1, 2, Code.OK).ack(3, 3, Code.NOT_ENTITLED).ack(4, 5, Code.OK);
        fixture.peer.send();
        assertEquals(
                List.of(
                        "outcome 1-2 OK",
                        "refused 3 trades/BTC bytes=10 NOT_ENTITLED because",
                        "outcome 3-3 NOT_ENTITLED",
                        "outcome 4-5 OK"),
                fixture.takeTold());
        assertEquals(4, fixture.acknowledgements.acknowledged());
        assertEquals(1, fixture.acknowledgements.refused());
        assertEquals(5, fixture.acknowledgements.lastOutcome());
    }

    @Test
    void aCodeWithoutANameIsARefusalThatShowsItsNumber() {
        fixture.publishAndFlush(1);
        fixture.peer.ackByNumber(1, 1, 777, 9).send();
        assertEquals(
                List.of("refused 1 trades/BTC bytes=10 SBE_UNKNOWN code=777 because", "outcome 1-1 SBE_UNKNOWN"),
                fixture.takeTold());
        assertEquals(AckLevel.RECEIVED, NewerNumbers.level(AckLevel.SBE_UNKNOWN));
    }

    @Test
    void outcomesFreeTheStore() {
        fixture.publishAndFlush(3);
        fixture.peer.ack(1, 3, Code.OK).send();
        assertEquals(fixture.store.journal().tail(), fixture.store.journal().head());
    }

    @Test
    void aStoreMuchSmallerThanWhatPassesThroughItNeverFills() {
        final SessionFixture small = new SessionFixture(4096, 3).logOn(0);
        for (int sequence = 1; sequence <= 1_000; sequence++) {
            assertEquals(sequence, small.publish(300));
            small.session.flush();
            small.peer.ack(sequence, sequence, Code.OK).send();
        }
        assertEquals(1_000, small.acknowledgements.acknowledged());
    }

    @Test
    void commandsStayUntilTheirOutcome() {
        final SessionFixture small = new SessionFixture(4096, 2).logOn(0);
        long last = 0;
        for (long sequence = small.publish(300); sequence > 0; sequence = small.publish(300)) {
            last = sequence;
        }
        small.session.flush();
        assertEquals(OpenStore.BACK_PRESSURED, small.publish(300));
        small.peer.ack(1, last, Code.OK).send();
        assertEquals(last + 1, small.publish(300));
    }

    @Test
    void anAckBeyondWhatWasSentIsAProtocolError() {
        fixture.publishAndFlush(3);
        fixture.publish(10);
        fixture.peer.ack(1, 4, Code.OK).send();
        assertProtocolError();
    }

    @Test
    void anAckThatLeavesOneOutIsAProtocolError() {
        fixture.publishAndFlush(3);
        fixture.peer.ack(2, 3, Code.OK).send();
        assertProtocolError();
    }

    @Test
    void anAckThatComesTwiceIsAProtocolError() {
        fixture.publishAndFlush(3);
        fixture.peer.ack(1, 2, Code.OK).ack(2, 3, Code.OK).send();
        assertEquals("outcome 1-2 OK", fixture.told.get(0));
        assertProtocolError();
    }

    @Test
    void anAckThatEndsBeforeItBeginsIsAProtocolError() {
        fixture.publishAndFlush(3);
        fixture.peer.ack(1, 0, Code.OK).send();
        assertProtocolError();
    }

    private void assertProtocolError() {
        assertTrue(fixture.wire.frames.take().contains("goodbye PROTOCOL_ERROR"));
        assertTrue(fixture.wire.closed);
        fixture.session.onClosed(null);
        assertTrue(fixture.takeTold().contains("ended PROTOCOL_ERROR by ProtocolException"));
    }
}
