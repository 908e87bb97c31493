package io.tautwire.server.internal.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.codec.FrameChecksum;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.FrameWriter;
import io.tautwire.codec.MessageView;
import io.tautwire.codec.sbe.MessageEncoder;
import io.tautwire.journal.JournalConfig;
import io.tautwire.journal.WhenFull;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Positions that nobody was given, among bytes that their publisher chose to look like frames. */
class ForgedPositionTest {
    private static final long ALL = 1 << 30;
    private static final long INCARNATION = 7;

    private final Rig rig = new Rig(new JournalConfig(42, 0, 4096, 256, WhenFull.DROP_OLDEST));
    private final Peer publisher = rig.connect("p", INCARNATION).logon().send();
    private final Peer honest = rig.logon("honest").subscribe(1, "#").send();

    @Test
    void everyPositionOfTheJournalIsEitherAMessagesOrRefused() {
        final Random random = new Random(1);
        for (int i = 0; i < 20; i++) {
            publish(chaos(random, 40 + random.nextInt(200)));
        }
        final List<Long> positions =
                honest.got.delivered.stream().map(Delivered::position).toList();
        final long tail = rig.journal.tail();
        for (long position = 0; position < tail; position += 8) {
            final Peer peer = rig.logon("peer");
            peer.subscribe(1, "none", ALL, From.after(position))
                    .subscribe(2, "none", ALL, From.at(position))
                    .send();
            rig.catchUp();
            final boolean isRefused = peer.lines().get(0).equals("Reject 21 1 BOOKMARK_UNKNOWN");
            assertEquals(!positions.contains(position), isRefused, "position=" + position);
            assertFalse(peer.wire.isClosed(), "position=" + position);
            peer.cut();
        }
    }

    @Test
    void aCopyOfAnotherMessageWithinAMessageIsNone() {
        publish(new byte[8]);
        final byte[] copied = honest.got.frames.get(0);
        final int at = 8 - bodyOffset() % 8;
        final byte[] body = new byte[at + copied.length];
        System.arraycopy(copied, 0, body, at, copied.length);
        final long position = nextPosition(body) + bodyOffset() + at;
        publish(body);
        final Peer peer =
                rig.logon("peer").subscribe(1, "#", ALL, From.after(position)).send();
        assertEquals(List.of("Reject 21 1 BOOKMARK_UNKNOWN"), peer.lines());
    }

    @Test
    void whoForgesAFrameWithinItsOwnMessageEndsItsOwnSessionAndNoOther() {
        final Random random = new Random(2);
        for (int round = 0; round < 200; round++) {
            final byte[] body = chaos(random, 400 + random.nextInt(400));
            final long forgedAt = forge(body, random);
            publish(body);
            final Peer forger = rig.logon("forger");
            forger.subscribe(1, "#", ALL, From.after(forgedAt)).send();
            rig.catchUp();
            assertTrue(forger.lines().get(0).startsWith("SubscribeReply 1"), "the forgery is good enough to try");
            publish(new byte[8]);
            rig.catchUp();
            forger.cut();
        }
        assertEquals(400, honest.got.delivered.size());
        assertFalse(honest.wire.isClosed());
        final Peer late = rig.logon("late").subscribe(1, "#", ALL, From.start()).send();
        rig.catchUp();
        assertEquals(400, late.got.delivered.size());
    }

    /** Puts a frame into the body that is stamped with the very position it will have. */
    private long forge(byte[] body, Random random) {
        final int bodyOffset = bodyOffset();
        final int at = 8 - bodyOffset % 8 + 8 * random.nextInt(4);
        final byte[] inner = frame(new byte[random.nextInt(64)]);
        final UnsafeBuffer buffer = new UnsafeBuffer(inner);
        final long position = nextPosition(body) + bodyOffset + at;
        new FrameChecksum().stamp(buffer, 0, position, 1);
        System.arraycopy(inner, 0, body, at, inner.length);
        final int behind = at + inner.length;
        if (random.nextBoolean() && behind + 64 < body.length) {
            // What follows claims to be a message too, of a length that reaches far: only its parts do not fit.
            final UnsafeBuffer next = new UnsafeBuffer(body);
            final byte[] other = frame(new byte[16]);
            System.arraycopy(other, 0, body, behind, 64);
            next.putInt(behind, 64);
            next.putLong(behind + FrameDescriptor.POSITION_OFFSET, position + inner.length);
            next.putShort(behind + FrameDescriptor.BLOCK_OFFSET + 32, (short) random.nextInt(1 << 16));
        }
        return position;
    }

    /** Where a message with this body will lie. */
    private long nextPosition(byte[] body) {
        final long tail = rig.journal.tail();
        final long segmentEnd = (tail & -4096) + 4096;
        return tail + frame(body).length <= segmentEnd ? tail : segmentEnd;
    }

    private void publish(byte[] body) {
        publisher.bytes(frame(publisher.nextSequence++, body)).send();
    }

    private static byte[] chaos(Random random, int length) {
        final byte[] bytes = new byte[length];
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        for (int i = 0; i + 4 <= length; i += 4) {
            buffer.putInt(i, random.nextInt(3) == 0 ? random.nextInt() : random.nextInt(512));
        }
        return bytes;
    }

    private static int bodyOffset() {
        return new MessageView().wrap(new UnsafeBuffer(frame(new byte[8])), 0).bodyOffset();
    }

    private static byte[] frame(byte[] body) {
        return frame(1, body);
    }

    private static byte[] frame(long sequence, byte[] body) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[body.length + 256]);
        final FrameWriter writer = new FrameWriter();
        final MessageEncoder message = writer.begin(new MessageEncoder(), buffer, 0)
                .incarnation(INCARNATION)
                .sequence(sequence)
                .clientName("p")
                .putCorrelationId(body, 0, 0)
                .replyTo("")
                .putHeaders(body, 0, 0)
                .topic("t")
                .putBody(body, 0, body.length);
        final int length = writer.end(message, FrameDescriptor.FLAG_STAMPED);
        return Arrays.copyOf(buffer.byteArray(), length);
    }
}
