package io.tautwire.journal.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.codec.FrameChecksum;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.MessagePrefix;
import io.tautwire.codec.sbe.Code;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** A publish store's journal, and bytes in it that only look like its frames. */
class StoreRecoveryTest {
    private static final int SEGMENT = 4 * 1024;
    private static final long INCARNATION = 77;

    private final FrameChecksum checksum = new FrameChecksum();
    private final MemoryImage image = new MemoryImage(SEGMENT, 3);
    private Seen seen;
    private int end;

    @Test
    void findsCommandsWhoseSequencesRiseByOne() {
        for (int sequence = 5; sequence < 10; sequence++) {
            append(INCARNATION, sequence, 100);
        }
        assertEquals(end, recover(image.killed(0)).tail());
        assertEquals(5, seen.count());
        assertEquals(0, recover(image.clean(end)).firstTimestamp(0));
    }

    @Test
    void endsBeforeACommandOfAnotherIncarnation() {
        append(INCARNATION, 1, 100);
        final int position = end;
        append(INCARNATION + 1, 2, 100);
        assertEquals(position, recover(image.killed(0)).tail());
        assertCorrupt(image.copy().clean(end));
    }

    @Test
    void endsBeforeACommandThatDoesNotFollow() {
        append(INCARNATION, 4, 100);
        final int position = end;
        append(INCARNATION, 4, 100);
        assertEquals(position, recover(image.copy().killed(0)).tail());
        assertEquals(position, recover(image.copy().powerCut(0)).tail());
        assertCorrupt(image.copy().killed(end));
        assertCorrupt(image.copy().powerCut(end));
    }

    @Test
    void aCommandThatFollowsBehindABadOneIsProofThatItWasThere() {
        append(INCARNATION, 1, 100);
        final int position = end;
        append(INCARNATION, 2, 100);
        append(INCARNATION, 3, 100);
        image.flip(position + 90, 2);
        assertCorrupt(image.copy().killed(position));
        assertEquals(position, recover(image.copy().powerCut(position)).tail());
    }

    @Test
    void aCommandThatIsMissingIsNotPassedOver() {
        append(INCARNATION, 1, 100);
        append(INCARNATION, 3, 100);
        assertCorrupt(image.copy().killed(0));
    }

    @Test
    void aBodyThatHoldsWholeFramesIsTakenForNothingElse() {
        append(INCARNATION, 1, 100);
        append(INCARNATION, 2, 100);
        final UnsafeBuffer own = new UnsafeBuffer(new byte[end]);
        own.putBytes(0, image.bytes, 0, end);
        final UnsafeBuffer others = new UnsafeBuffer(new byte[400]);
        write(others, 0, INCARNATION + 1, 9, new UnsafeBuffer(new byte[100]));
        append(INCARNATION, 3, others);
        append(INCARNATION, 4, own);
        assertEquals(end, recover(image.copy().clean(end)).tail());
        assertEquals(4, seen.count());
        tearTheLast(4, own.capacity());
    }

    @Test
    void aTornBodyThatHoldsAnotherStoresFramesIsTorn() {
        append(INCARNATION, 1, 100);
        final UnsafeBuffer others = new UnsafeBuffer(new byte[400]);
        final int length = write(others, 0, INCARNATION + 1, 9, new UnsafeBuffer(new byte[100]));
        write(others, FrameDescriptor.aligned(length), INCARNATION + 1, 10, new UnsafeBuffer(new byte[100]));
        append(INCARNATION, 2, others);
        tearTheLast(2, others.capacity());
    }

    @Test
    void whatAnAbandonedClaimLeftIsCut() {
        append(INCARNATION, 1, 100);
        final int position = end;
        append(INCARNATION, 2, 1000);
        image.bytes.putInt(position, 0);
        final Recovered recovered = recover(image.killed(position));
        assertEquals(position, recovered.tail());
        assertTrue(recovered.isCut());
        assertCorrupt(image.copy().clean(position));
    }

    @Test
    void onlyCommandsAreAStores() {
        append(INCARNATION, 1, 100);
        final int position = end;
        append(INCARNATION, 2, 100);
        image.bytes.putShort(position + FrameDescriptor.TEMPLATE_ID_OFFSET, (short) 900);
        checksum.sealContent(image.bytes, position, FrameDescriptor.length(image.bytes, position));
        assertEquals(position, recover(image.killed(0)).tail());
    }

    /** Whatever of the last command's body was written: it is cut, and never taken for corruption. */
    private void tearTheLast(int commands, int bodyLength) {
        final int last = (int) seenAll().last().position();
        for (int missing = 1; missing < bodyLength; missing++) {
            final MemoryImage torn = image.copy().killed(0);
            torn.bytes.setMemory(end - missing, missing, (byte) 0);
            torn.bytes.putByte(end - missing - 1, (byte) (torn.bytes.getByte(end - missing - 1) | 1));
            if (!torn.bytes.equals(image.bytes)) {
                recover(torn);
                assertTrue(seen.count() >= commands - 1);
                assertEquals(
                        seen.count() == commands ? end : last, recover(torn).tail());
            }
        }
    }

    private Seen seenAll() {
        recover(image.copy().clean(end));
        return seen;
    }

    private Recovered recover(JournalImage from) {
        seen = new Seen();
        return Recovery.scan(from, FrameRule.commands(INCARNATION), seen);
    }

    private void assertCorrupt(JournalImage from) {
        final TautwireException refused = assertThrows(TautwireException.class, () -> recover(from));
        assertEquals(Code.JOURNAL_CORRUPT, refused.code());
    }

    private void append(long incarnation, long sequence, int bodyLength) {
        append(incarnation, sequence, new UnsafeBuffer(new byte[bodyLength]));
    }

    private void append(long incarnation, long sequence, DirectBuffer body) {
        end += FrameDescriptor.aligned(write(image.bytes, end, incarnation, sequence, body));
    }

    private int write(UnsafeBuffer to, int offset, long incarnation, long sequence, DirectBuffer body) {
        final MessagePrefix prefix = MessagePrefix.builder()
                .clientName("store")
                .incarnation(incarnation)
                .topic("a/b")
                .build();
        prefix.put(to, offset);
        to.putBytes(offset + prefix.bodyOffset(), body, 0, body.capacity());
        prefix.finish(to, offset, sequence, body.capacity(), checksum);
        return prefix.frameLength(body.capacity());
    }
}
