package io.tautwire.client.internal.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.codec.sbe.Code;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutgoingTest {
    private final SessionFixture fixture = new SessionFixture().logOn(0);

    @Test
    void writesCommandsFromTheStoresOwnMemory() {
        fixture.wire.hold();
        fixture.publishAndFlush(1);
        final var cursor = fixture.store.journal().cursor(0);
        cursor.poll();
        assertSame(cursor.buffer().byteBuffer(), fixture.wire.buffer.byteBuffer());
        assertEquals(cursor.offset(), fixture.wire.offset);
    }

    @Test
    void writesAtMost256KiBOfCommandsAtOnce() {
        for (int i = 0; i < 100; i++) {
            fixture.publish(10_000);
        }
        fixture.session.flush();
        assertTrue(fixture.wire.longestWrite <= 256 * 1024, "longestWrite=" + fixture.wire.longestWrite);
        assertTrue(fixture.wire.longestWrite > 240 * 1024, "longestWrite=" + fixture.wire.longestWrite);
        assertEquals(100, fixture.wire.frames.take().size());
    }

    @Test
    void aSingleCommandMayBeLonger() {
        fixture.publish(600_000);
        fixture.publish(10);
        fixture.session.flush();
        assertEquals(
                List.of("message 1 trades/BTC bytes=600000", "message 2 trades/BTC bytes=10"),
                fixture.wire.frames.take());
    }

    @Test
    void controlFramesGoOnlyBetweenFrames() {
        fixture.wire.taking(length -> Math.min(length, 100)); // in the middle of a frame
        fixture.wire.hold();
        fixture.publishAndFlush(3);
        fixture.subscribe("a", 8192);
        fixture.wire.complete();
        assertEquals(
                List.of(
                        "message 1 trades/BTC bytes=10",
                        "message 2 trades/BTC bytes=10",
                        "message 3 trades/BTC bytes=10",
                        "subscribe 1 credit=8192 a"),
                fixture.wire.frames.take());
        assertTrue(fixture.wire.frames.isBetweenFrames());
    }

    @Test
    void controlFramesDoNotWaitForTheWholeBacklog() {
        for (int i = 0; i < 100; i++) {
            fixture.publish(10_000);
        }
        fixture.wire.hold();
        fixture.session.flush();
        fixture.subscribe("a", 8192);
        fixture.wire.complete();
        final int at = fixture.wire.frames.take().indexOf("subscribe 1 credit=8192 a");
        assertTrue(at > 0 && at < 30, "after frames=" + at);
    }

    @Test
    void anyCutsByTheWireLeaveFramesWholeAndInOrder() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        fixture.wire.taking(length -> 1 + random.nextInt(length));
        long published = 0;
        long subscribed = 0;
        for (int i = 0; i < 300; i++) {
            if (random.nextInt(10) == 0) {
                fixture.subscribe("pattern/" + ++subscribed, 8192);
            } else if (fixture.publish(random.nextInt(2_000)) > 0) {
                published++;
            }
            if (random.nextInt(3) == 0) {
                fixture.session.flush();
            }
        }
        fixture.session.flush();
        long sequence = 0;
        long id = 0;
        for (final String line : fixture.wire.frames.take()) {
            if (line.startsWith("message ")) {
                assertTrue(line.startsWith("message " + ++sequence + " "), line + " seed=" + seed);
            } else {
                assertTrue(line.startsWith("subscribe " + ++id + " "), line + " seed=" + seed);
            }
        }
        assertEquals(published, sequence, "seed=" + seed);
        assertEquals(subscribed, id, "seed=" + seed);
    }

    @Test
    void memoryUnderAWriteIsNotReusedThoughItWasAcknowledged() {
        final SessionFixture small = new SessionFixture(4096, 2).logOn(0);
        final int wholeSegment = 4096 - small.prefix.bodyOffset();
        small.wire.hold();
        small.publish(wholeSegment);
        small.session.flush();
        // The peer has the bytes although the wire has not told: it may acknowledge.
        small.peer.ack(1, 1, Code.OK).send();
        small.publish(wholeSegment);
        assertTrue(small.publish(wholeSegment) < 0, "the segment under the write must not be taken again");
        small.wire.complete(); // the frames' checksums are verified here
        assertEquals(2, small.wire.frames.take().size());
        assertEquals(3, small.publish(wholeSegment));
    }

    @Test
    void aCommandTooLongForTheServerIsReplacedByASkipInItsPlace() {
        final SessionFixture limited = new SessionFixture().connect();
        limited.publish(10);
        limited.publish(50_000);
        limited.publish(50_000);
        limited.publish(10);
        limited.sendLogon();
        limited.wire.frames.take();
        limited.peer.maxFrame(20_000).logonReply(0).send();
        assertEquals(
                List.of(
                        "message 1 trades/BTC bytes=10",
                        "skip 2 MESSAGE_TOO_LARGE",
                        "skip 3 MESSAGE_TOO_LARGE",
                        "message 4 trades/BTC bytes=10"),
                limited.wire.frames.take());
        limited.takeTold();
        limited.peer
                .ack(1, 1, Code.OK)
                .ack(2, 3, Code.MESSAGE_TOO_LARGE)
                .ack(4, 4, Code.OK)
                .send();
        assertEquals(
                List.of(
                        "outcome 1-1 OK",
                        "refused 2 trades/BTC bytes=50000 MESSAGE_TOO_LARGE frame length=50086 was longer than the"
                                + " server's max_frame; publish less at once, or raise that",
                        "refused 3 trades/BTC bytes=50000 MESSAGE_TOO_LARGE frame length=50086 was longer than the"
                                + " server's max_frame; publish less at once, or raise that",
                        "outcome 2-3 MESSAGE_TOO_LARGE",
                        "outcome 4-4 OK"),
                limited.takeTold());
    }

    @Test
    void countsWhatIsSentAgain() {
        fixture.publishAndFlush(3);
        fixture.session.onClosed(null);
        fixture.logOn(1);
        assertEquals(5, fixture.counters.sent.get());
    }
}
