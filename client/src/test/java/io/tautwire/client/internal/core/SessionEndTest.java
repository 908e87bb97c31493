package io.tautwire.client.internal.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.codec.sbe.Code;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class SessionEndTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long INTERVAL_NS = Peer.HEARTBEAT_MS * 1_000_000L;

    private final SessionFixture fixture = new SessionFixture().logOn(0);
    private long nowNs;
    private int timed;
    private int delivered;

    @Test
    void goodbyeIsTheLastFrameAndTheWireCloses() {
        fixture.publishAndFlush(1);
        fixture.publish(10);
        fixture.session.close(Code.OK, "");
        fixture.session.flush();
        assertEquals(List.of("message 1 trades/BTC bytes=10", "goodbye OK"), fixture.wire.frames.take());
        assertTrue(fixture.wire.closed);
        fixture.session.onClosed(null);
        assertEquals(List.of("ended OK"), fixture.takeTold());
    }

    @Test
    void goodbyeWaitsForTheFrameUnderWay() {
        fixture.wire.taking(length -> Math.min(length, 50));
        fixture.wire.hold();
        fixture.publishAndFlush(1);
        fixture.session.close(Code.CLOSED, "");
        fixture.session.flush();
        assertFalse(fixture.wire.closed);
        fixture.wire.complete();
        assertEquals(List.of("message 1 trades/BTC bytes=10", "goodbye CLOSED"), fixture.wire.frames.take());
        assertTrue(fixture.wire.closed);
    }

    @Test
    void aWireThatTakesNothingIsClosedAfterASecond() {
        fixture.wire.hold();
        fixture.publishAndFlush(1);
        fixture.session.close(Code.OK, "");
        fixture.session.onTimer(0);
        assertFalse(fixture.wire.closed);
        fixture.session.onTimer(SECOND_NS);
        assertTrue(fixture.wire.closed);
    }

    @Test
    void theServersReasonIsTold() {
        fixture.subscribe("a", 8192);
        fixture.peer.goodbye(Code.SESSION_REPLACED).send();
        assertTrue(fixture.wire.closed);
        fixture.session.onClosed(null);
        assertEquals(List.of("a ended SESSION_REPLACED", "ended SESSION_REPLACED"), fixture.takeTold());
        assertEquals(List.of("subscribe 1 credit=8192 a"), fixture.wire.frames.take());
    }

    @Test
    void nothingAfterTheServersGoodbyeIsRead() {
        fixture.publishAndFlush(1);
        fixture.peer.goodbye(Code.SERVER_CLOSING).ack(1, 1, Code.OK).send();
        assertEquals(0, fixture.acknowledgements.lastOutcome());
    }

    @Test
    void bytesThatAreNoFramesEndTheSession() {
        final byte[] junk = new byte[64];
        Arrays.fill(junk, (byte) 0x11);
        assertEquals(64, fixture.session.onBytes(new UnsafeBuffer(junk), 0, junk.length));
        fixture.session.onBatchEnd();
        assertTrue(fixture.wire.closed);
        fixture.session.onClosed(null);
        assertEquals(List.of("ended FRAME_TOO_LARGE by ProtocolException"), fixture.takeTold());
    }

    @Test
    void aFrameInPiecesIsWaitedFor() {
        fixture.publishAndFlush(1);
        final Peer pieces = new Peer(bytes -> {
            final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
            assertEquals(0, fixture.session.onBytes(buffer, 0, 30));
            assertEquals(bytes.length, fixture.session.requiredBytes());
            assertEquals(bytes.length, fixture.session.onBytes(buffer, 0, bytes.length));
        });
        pieces.ack(1, 1, Code.OK).send();
        assertEquals(List.of("outcome 1-1 OK"), fixture.takeTold());
    }

    @Test
    void aHeartbeatLeavesWhenNothingElseDid() {
        fixture.publishAndFlush(2);
        fixture.peer.ack(1, 1, Code.OK).send();
        fixture.wire.frames.take();
        ticks(0, 9);
        assertEquals(List.of(), fixture.wire.frames.take());
        ticks(10, 12);
        assertEquals(List.of("heartbeat 2"), fixture.wire.frames.take());
        ticks(13, 19);
        assertEquals(List.of(), fixture.wire.frames.take());
    }

    @Test
    void manyRefusalsAreConfirmedBeforeAHeartbeatIsDue() {
        final int many = Heartbeat.CONFIRM_AFTER;
        fixture.publishAndFlush(2 * many);
        fixture.wire.frames.take();
        for (int sequence = 1; sequence <= 2 * many; sequence++) {
            fixture.peer
                    .ack(sequence, sequence, sequence % 2 == 0 ? Code.NOT_ENTITLED : Code.OK)
                    .send();
        }
        assertEquals(List.of("heartbeat " + (2 * many + 1)), fixture.wire.frames.take());
    }

    @Test
    void noHeartbeatLeavesWhileCommandsDo() {
        for (int tick = 0; tick < 30; tick++) {
            fixture.publishAndFlush(1);
            ticks(tick, tick);
        }
        assertFalse(fixture.wire.frames.take().stream().anyMatch(line -> line.startsWith("heartbeat")));
    }

    @Test
    void aServerSilentForTwoIntervalsIsLeft() {
        ticks(0, 20);
        assertFalse(fixture.wire.closed);
        ticks(21, 21);
        assertTrue(fixture.wire.frames.take().contains("goodbye TIMED_OUT"));
        assertTrue(fixture.wire.aborted, "nothing waits for who is dead");
        fixture.session.onClosed(null);
        assertEquals(List.of("ended DISCONNECTED"), fixture.takeTold());
    }

    @Test
    void whatHasArrivedIsReadBeforeTheServerIsJudged() {
        ticks(0, 20);
        fixture.peer.heartbeat().send();
        ticks(21, 41);
        assertFalse(fixture.wire.closed);
        ticks(42, 42);
        assertTrue(fixture.wire.aborted);
    }

    @Test
    void aPauseOnThisSideClearsTheServerOfSuspicion() {
        ticks(0, 20);
        ticks(31, 51);
        assertFalse(fixture.wire.closed);
        ticks(52, 52);
        assertTrue(fixture.wire.aborted);
    }

    @Test
    void aServerThatSaysAnythingIsNotLeft() {
        for (int tick = 0; tick < 200; tick++) {
            if (tick % 20 == 0) {
                fixture.peer.heartbeat().send();
            }
            ticks(tick, tick);
        }
        assertFalse(fixture.wire.closed);
    }

    @Test
    void aPauseOnThisSideIsNotTheServersSilence() {
        ticks(0, 5);
        ticks(1_000, 1_010);
        assertFalse(fixture.wire.closed);
    }

    @Test
    void aHeartbeatLeavesBetweenAnyTwoHandlersThatTakeNearlyAnInterval() {
        handlersTake(INTERVAL_NS / 10 * 9);
        deliver(5);
        assertEquals(Collections.nCopies(5, "heartbeat 1"), fixture.wire.frames.take());
        assertEquals(5, timed);
    }

    @Test
    void aClockIsReadAfterEightMessagesWhileHandlersAreQuick() {
        handlersTake(INTERVAL_NS / 1000);
        deliver(1 + 5 * Deliveries.BUSY_AFTER);
        assertEquals(1 + 5, timed);
    }

    @Test
    void handlersThatBecomeSlowAreNoticed() {
        handlersTake(INTERVAL_NS / 1000);
        deliver(1);
        handlersTake(INTERVAL_NS / 5);
        deliver(Deliveries.BUSY_AFTER);
        assertEquals(List.of("heartbeat 1"), fixture.wire.frames.take());
        deliver(6);
        assertEquals(Collections.nCopies(2, "heartbeat 1"), fixture.wire.frames.take());
    }

    private void handlersTake(long eachNs) {
        if (timed == 0) {
            fixture.subscribe("a", 1 << 20);
            fixture.peer.subscribeReply(1).send();
            fixture.wire.frames.take();
            ticks(0, 0);
        }
        fixture.takeTold();
        fixture.onDelivering = () -> {
            timed++;
            nowNs += fixture.takeTold().size() * eachNs;
            fixture.session.onBusy(nowNs);
        };
    }

    /** Messages that are read at once. */
    private void deliver(int count) {
        fixture.peer.deliver(count, 1);
        for (int i = 0; i < count; i++) {
            fixture.peer.message(++delivered, "a", new byte[10]);
        }
        fixture.peer.send();
    }

    /** Ticks, ten to a heartbeat interval. */
    private void ticks(int from, int to) {
        for (int i = from; i <= to; i++) {
            fixture.session.onTimer(i * INTERVAL_NS / 10);
        }
    }
}
