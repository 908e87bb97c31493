package io.tautwire.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tautwire.codec.sbe.GoodbyeEncoder;
import io.tautwire.codec.sbe.SkipEncoder;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class FrameWriterTest {
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
    private final FrameWriter writer = new FrameWriter();

    @Test
    void leavesTheLengthAloneUntilTheEnd() {
        final GoodbyeEncoder goodbye = writer.begin(new GoodbyeEncoder(), buffer, 8);
        assertEquals(0, FrameDescriptor.length(buffer, 8));
        goodbye.reason("why");
        assertEquals(32, writer.end(goodbye, 0));
        assertEquals(FrameDescriptor.BLOCK_OFFSET + 2 + 2 + 3, FrameDescriptor.length(buffer, 8));
    }

    @Test
    void writesNothingOutsideTheFrame() {
        buffer.setMemory(0, buffer.capacity(), (byte) 0x5A);
        final GoodbyeEncoder goodbye =
                writer.begin(new GoodbyeEncoder(), buffer, 64).reason("why");
        final int aligned = writer.end(goodbye, 0);
        for (int i = 0; i < buffer.capacity(); i++) {
            if (i < 64 || i >= 64 + aligned) {
                assertEquals(0x5A, buffer.getByte(i), "at " + i);
            }
        }
    }

    @Test
    void noticesAFrameThatNoReaderWouldAccept() {
        final GoodbyeEncoder withoutReason = writer.begin(new GoodbyeEncoder(), buffer, 0);
        assertThrows(AssertionError.class, () -> writer.end(withoutReason, 0));
        final SkipEncoder withoutFlag =
                writer.begin(new SkipEncoder(), buffer, 0).clientName("p");
        assertThrows(AssertionError.class, () -> writer.end(withoutFlag, 0));
    }
}
