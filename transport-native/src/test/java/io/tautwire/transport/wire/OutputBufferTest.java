package io.tautwire.transport.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutputBufferTest {
    private static final int INITIAL = 64;
    private static final int MAX = 1000;

    private final OutputBuffer output = new OutputBuffer(INITIAL, MAX);

    @Test
    void hasNothingToWriteAtFirst() {
        assertEquals(0, output.pendingBytes());
        assertFalse(output.beginWrite());
        assertFalse(output.isWriting());
    }

    @Test
    void writesWhatWasCommittedInItsOrder() {
        put(10, 1);
        put(20, 2);

        assertTrue(output.beginWrite());
        assertEquals(30, output.writeLength());
        assertEquals(1, output.writeBuffer().getByte(output.writeOffset()));
        assertEquals(2, output.writeBuffer().getByte(output.writeOffset() + 10));
    }

    @Test
    void fillsWhileAWriteIsUnderWay() {
        put(10, 1);
        assertTrue(output.beginWrite());

        put(5, 2);

        assertNotSame(output.buffer(), output.writeBuffer());
        assertEquals(1, output.writeBuffer().getByte(output.writeOffset()));
        assertEquals(15, output.pendingBytes());
        assertFalse(output.beginWrite(), "one write at a time");
        output.onWritten(10);
        assertTrue(output.beginWrite());
        assertEquals(5, output.writeLength());
        assertEquals(2, output.writeBuffer().getByte(output.writeOffset()));
    }

    @Test
    void continuesAPartialWriteBeforeWhatCameAfter() {
        put(10, 1);
        assertTrue(output.beginWrite());
        put(5, 2);

        output.onWritten(4);

        assertFalse(output.isWriting());
        assertTrue(output.beginWrite());
        assertEquals(6, output.writeLength());
        assertEquals(4, output.writeOffset());
        assertEquals(1, output.writeBuffer().getByte(output.writeOffset()));
    }

    @Test
    void commitsLessThanWasClaimed() {
        output.claim(20);
        output.commit(8);

        assertEquals(8, output.claim(1));
        assertEquals(8, output.pendingBytes());
    }

    @Test
    void forgetsAClaimThatIsNotCommitted() {
        output.claim(20);
        assertEquals(0, output.claim(10));
        assertThrows(IllegalArgumentException.class, () -> output.commit(11));
    }

    @Test
    void keepsCommittedBytesAndOffsetsWhileItGrows() {
        put(60, 7);

        final int offset = output.claim(500);

        assertEquals(60, offset);
        assertEquals(7, output.buffer().getByte(59));
        assertTrue(output.buffer().capacity() >= 560);
    }

    @Test
    void hasNoRoomBeyondTheMaximumUntilAWriteBegins() {
        put(MAX, 1);

        assertFalse(output.hasRoom(1));
        assertEquals(-1, output.claim(1));
        assertEquals(MAX, output.buffer().capacity());

        assertTrue(output.beginWrite());
        assertTrue(output.hasRoom(MAX));
        put(MAX, 2);
        assertEquals(-1, output.claim(1));
        assertEquals(2 * MAX, output.pendingBytes());
    }

    @Test
    void refusesAClaimThatCanNeverSucceed() {
        assertFalse(output.hasRoom(MAX + 1));
        assertThrows(IllegalArgumentException.class, () -> output.claim(MAX + 1));
        assertThrows(IllegalArgumentException.class, () -> output.claim(0));
    }

    @Test
    void refusesACompletionThatFitsNoWrite() {
        assertThrows(IllegalStateException.class, () -> output.onWritten(0));
        put(10, 1);
        output.beginWrite();
        assertThrows(IllegalArgumentException.class, () -> output.onWritten(11));
    }

    @Test
    void returnsToItsInitialSizeWhenMoreIsNotNeeded() {
        put(MAX, 1);
        for (int i = 0; i < 2 * (OutputBuffer.SHRINK_AFTER + 2); i++) {
            output.beginWrite();
            output.onWritten(output.writeLength());
            put(8, 2);
        }

        assertEquals(INITIAL, output.buffer().capacity());
        assertEquals(INITIAL, output.writeBuffer().capacity());
    }

    @Test
    void losesAndReordersNothing() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final ByteArrayOutputStream given = new ByteArrayOutputStream();
        final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        for (int i = 0; i < 20_000; i++) {
            if (random.nextBoolean()) {
                offer(random, given);
            } else {
                write(random, taken);
            }
        }
        while (output.isWriting() || output.pendingBytes() > 0) {
            write(random, taken);
        }
        assertEquals(0, Arrays.compare(given.toByteArray(), taken.toByteArray()), "seed=" + seed);
    }

    private void offer(Random random, ByteArrayOutputStream given) {
        final byte[] bytes = new byte[1 + random.nextInt(random.nextInt(10) == 0 ? MAX : 100)];
        random.nextBytes(bytes);
        final int offset = output.claim(bytes.length);
        if (offset >= 0) {
            output.buffer().putBytes(offset, bytes);
            output.commit(bytes.length);
            given.writeBytes(bytes);
        }
    }

    private void write(Random random, ByteArrayOutputStream taken) {
        if (output.beginWrite() || !output.isWriting()) {
            return;
        }
        final byte[] bytes = new byte[random.nextInt(output.writeLength() + 1)];
        output.writeBuffer().getBytes(output.writeOffset(), bytes);
        taken.writeBytes(bytes);
        output.onWritten(bytes.length);
    }

    private void put(int length, int value) {
        final int offset = output.claim(length);
        output.buffer().setMemory(offset, length, (byte) value);
        output.commit(length);
    }
}
