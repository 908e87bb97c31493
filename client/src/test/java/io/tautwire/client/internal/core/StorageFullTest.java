package io.tautwire.client.internal.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.MessageEncoder;
import io.tautwire.codec.sbe.SkipEncoder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A server that has no room: commands stay outstanding, and leave again after a pause that grows. */
class StorageFullTest {
    private static final long MS = 1_000_000;

    private final SessionFixture fixture = new SessionFixture().logOn(0);
    private long nowNs;

    @Test
    void whatWasNotTakenLeavesAgainAfterAPause() {
        fixture.publishAndFlush(5);
        fixture.wire.frames.take();
        fixture.peer.ack(1, 2, Code.OK);
        refuse(3);
        assertEquals(List.of("outcome 1-2 OK", "storage full 3"), fixture.takeTold());
        tick(0);
        tick(249);
        assertEquals(List.of(), fixture.wire.frames.take());
        tick(1);
        assertEquals(messages(3, 5), fixture.wire.frames.take());
        fixture.peer.ack(3, 5, Code.OK).send();
        assertEquals(List.of("outcome 3-5 OK"), fixture.takeTold());
    }

    @Test
    void nothingElseLeavesMeanwhileAndThenItsTurnComes() {
        fixture.publishAndFlush(2);
        fixture.wire.frames.take();
        refuse(2);
        fixture.publishAndFlush(2);
        tick(0);
        assertEquals(List.of(), fixture.wire.frames.take());
        tick(250);
        assertEquals(messages(2, 4), fixture.wire.frames.take());
    }

    @Test
    void controlFramesLeaveMeanwhile() {
        fixture.publishAndFlush(1);
        fixture.wire.frames.take();
        refuse(1);
        fixture.subscribe("a", 8192);
        assertEquals(1, fixture.wire.frames.take().size());
    }

    @Test
    void thePauseGrowsToFourSecondsAndBeginsAnewWithProgress() {
        fixture.publishAndFlush(9);
        fixture.wire.frames.take();
        tick(0);
        for (final int pauseMs : new int[] {250, 500, 1_000, 2_000, 4_000, 4_000}) {
            assertPauses(1, pauseMs);
        }
        fixture.peer.ack(1, 6, Code.OK);
        assertPauses(7, 250);
    }

    private void assertPauses(long sequence, int pauseMs) {
        refuse(sequence);
        tick(0);
        tick(pauseMs - 1);
        assertTrue(messages().isEmpty(), "pauseMs=" + pauseMs);
        tick(1);
        assertEquals(messages(sequence, 9), messages(), "pauseMs=" + pauseMs);
    }

    /** What left but heartbeats; and one keeps this side from taking the server for dead. */
    private List<String> messages() {
        fixture.peer.heartbeat().send();
        return fixture.wire.frames.take().stream()
                .filter(line -> !line.startsWith("heartbeat"))
                .toList();
    }

    @Test
    void theFrameUnderWayIsFinishedFirst() {
        fixture.wire.hold();
        fixture.wire.taking(length -> Math.min(length, 100)); // ends within a frame
        fixture.publishAndFlush(3);
        refuse(1);
        fixture.wire.complete();
        assertEquals(messages(1, 3), fixture.wire.frames.take());
        assertTrue(fixture.wire.frames.isBetweenFrames());
        tick(0);
        tick(250);
        assertEquals(messages(1, 3), fixture.wire.frames.take());
    }

    @Test
    void aSkipThatWasNotTakenLeavesAgainToo() {
        final SessionFixture limited = new SessionFixture().connect();
        limited.publish(50_000);
        limited.publish(10);
        limited.sendLogon();
        limited.peer.maxFrame(20_000).logonReply(0).send();
        limited.wire.frames.take();
        limited.peer.reject(SkipEncoder.TEMPLATE_ID, 1, Code.STORAGE_FULL).send();
        limited.session.onTimer(0);
        limited.session.onTimer(250 * MS);
        assertEquals(List.of("skip 1 MESSAGE_TOO_LARGE", "message 2 trades/BTC bytes=10"), limited.wire.frames.take());
    }

    @Test
    void anAckOfWhatWasNotTakenIsAProtocolError() {
        fixture.publishAndFlush(3);
        refuse(2);
        fixture.peer.ack(1, 2, Code.OK).send();
        assertTrue(fixture.wire.frames.take().contains("goodbye PROTOCOL_ERROR"));
    }

    @Test
    void aRefusalOfWhatIsNotOutstandingIsAProtocolError() {
        fixture.publishAndFlush(3);
        fixture.peer.ack(1, 1, Code.OK);
        refuse(1);
        assertTrue(fixture.wire.frames.take().contains("goodbye PROTOCOL_ERROR"));
        fixture.logOn(3);
        refuse(4);
        assertTrue(fixture.wire.frames.take().contains("goodbye PROTOCOL_ERROR"));
    }

    @Test
    void anotherCodeForACommandIsAProtocolError() {
        fixture.publishAndFlush(1);
        fixture.peer.reject(MessageEncoder.TEMPLATE_ID, 1, Code.NOT_ENTITLED).send();
        assertTrue(fixture.wire.frames.take().contains("goodbye PROTOCOL_ERROR"));
    }

    @Test
    void anotherSessionTriesAtOnce() {
        fixture.publishAndFlush(2);
        refuse(1);
        fixture.session.onClosed(null);
        fixture.connect().sendLogon();
        fixture.wire.frames.take();
        fixture.peer.logonReply(0).send();
        assertEquals(messages(1, 2), fixture.wire.frames.take());
    }

    private void refuse(long sequence) {
        fixture.peer
                .reject(MessageEncoder.TEMPLATE_ID, sequence, Code.STORAGE_FULL)
                .send();
    }

    private void tick(long ms) {
        nowNs += ms * MS;
        fixture.session.onTimer(nowNs);
    }

    private static List<String> messages(long from, long to) {
        return java.util.stream.LongStream.rangeClosed(from, to)
                .mapToObj(sequence -> "message " + sequence + " trades/BTC bytes=10")
                .toList();
    }
}
