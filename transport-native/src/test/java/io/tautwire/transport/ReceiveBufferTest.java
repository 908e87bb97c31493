package io.tautwire.transport;

import static io.tautwire.transport.ReceiveBuffer.INITIAL_CAPACITY;
import static io.tautwire.transport.ReceiveBuffer.MAX_BYTES_PER_BATCH;
import static io.tautwire.transport.ReceiveBuffer.MIN_ROOM;
import static io.tautwire.transport.ReceiveBuffer.SHRINK_AFTER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReceiveBufferTest {
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true, true);
    private final ReceiveBuffer received = new ReceiveBuffer();

    @AfterEach
    void givesItsMemoryBack() {
        received.release();
        assertEquals(0, allocator.metric().usedDirectMemory());
    }

    @Test
    void takesNoMemoryBeforeTheFirstRead() {
        assertEquals(0, allocator.metric().usedDirectMemory());
    }

    @Test
    void readsIntoTheSameMemoryAgain() {
        final ByteBuf first = read(100);
        final long address = received.view().addressOffset();
        received.consume(100, 0);

        assertSame(first, read(50));
        assertEquals(address, received.view().addressOffset());
        assertEquals(0, received.offset());
        assertEquals(50, received.length());
    }

    @Test
    void showsAViewThatAChecksumCanRead() {
        read(1);

        assertNotNull(received.view().byteBuffer());
    }

    @Test
    void appendsBehindWhatIsNotConsumed() {
        read(100);
        received.consume(60, 0);
        read(10);

        assertEquals(60, received.offset());
        assertEquals(50, received.length());
    }

    @Test
    void movesTheRestToTheFrontWhenThereIsLittleRoomBehindIt() {
        read(INITIAL_CAPACITY);
        final byte last = received.view().getByte(INITIAL_CAPACITY - 1);
        received.consume(INITIAL_CAPACITY - 10, 0);
        read(1);

        assertEquals(0, received.offset());
        assertEquals(11, received.length());
        assertEquals(last, received.view().getByte(9));
    }

    @Test
    void growsToWhatTheFrameAtTheFrontTakesUp() {
        read(100);
        received.consume(0, 3 * INITIAL_CAPACITY + 1);
        read(1);

        assertTrue(received.view().capacity() > 3 * INITIAL_CAPACITY);
        assertEquals(101, received.length());
    }

    @Test
    void returnsToItsInitialSizeWhenMoreIsNotNeeded() {
        read(100);
        received.consume(0, 3 * INITIAL_CAPACITY);
        read(3 * INITIAL_CAPACITY - 100);
        received.consume(3 * INITIAL_CAPACITY, 0);
        received.endBatch();
        for (int i = 0; i < SHRINK_AFTER; i++) {
            assertTrue(received.view().capacity() > INITIAL_CAPACITY);
            read(10);
            received.consume(i == SHRINK_AFTER - 1 ? 9 : 10, 0);
            received.endBatch();
        }

        assertEquals(INITIAL_CAPACITY, received.view().capacity());
        assertEquals(1, received.length());
    }

    @Test
    void endsABatchSoThatOthersGetTheirTurn() {
        received.reset(null);
        int read = 0;
        do {
            read(INITIAL_CAPACITY);
            read += INITIAL_CAPACITY;
            received.consume(INITIAL_CAPACITY, 0);
        } while (received.continueReading());

        assertEquals(MAX_BYTES_PER_BATCH, read);
        received.reset(null);
        read(INITIAL_CAPACITY);
        assertTrue(received.continueReading());
    }

    @Test
    void readsNoMoreOnceAReadWasNotFilled() {
        read(MIN_ROOM);

        assertFalse(received.continueReading());
    }

    @Test
    void readsNoMoreOnceStopped() {
        read(INITIAL_CAPACITY);
        received.stop();

        assertFalse(received.continueReading());
        assertFalse(received.continueReading(() -> true));
    }

    @Test
    void refusesAHandlerThatConsumesMoreThanThereIs() {
        read(10);

        assertThrows(IllegalStateException.class, () -> received.consume(11, 0));
        assertThrows(IllegalStateException.class, () -> received.consume(-1, 0));
    }

    @Test
    void refusesAHandlerThatLeavesABufferFullAndAsksForNoMore() {
        read(INITIAL_CAPACITY);

        assertThrows(IllegalStateException.class, () -> received.consume(0, 0));
    }

    @Test
    void isNotPresentedTwice() {
        read(10);
        assertTrue(received.hasNew());
        received.consume(0, 0);

        assertFalse(received.hasNew());
    }

    /** As a channel reads. */
    private ByteBuf read(int length) {
        final ByteBuf bytes = received.allocate(allocator);
        received.attemptedBytesRead(bytes.writableBytes());
        for (int i = 0; i < length; i++) {
            bytes.writeByte(i);
        }
        received.lastBytesRead(length);
        bytes.release();
        return bytes;
    }
}
