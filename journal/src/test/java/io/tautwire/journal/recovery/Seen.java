package io.tautwire.journal.recovery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.codec.FrameDescriptor;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** Remembers the frames of a recovery. */
final class Seen implements FrameVisitor {
    private final List<Found> frames = new ArrayList<>();

    /** A frame as it was shown. */
    record Found(long position, byte[] bytes) {
        long end() {
            return position + FrameDescriptor.aligned(bytes.length);
        }
    }

    @Override
    public void onFrame(long position, DirectBuffer buffer, int offset, int length, int templateId) {
        assertEquals(FrameDescriptor.templateId(buffer, offset), templateId);
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        frames.add(new Found(position, bytes));
    }

    int count() {
        return frames.size();
    }

    Found get(int index) {
        return frames.get(index);
    }

    Found last() {
        return frames.get(frames.size() - 1);
    }

    /** Nothing was shown that is not the whole's, in its order, from the first on. */
    void assertPrefixOf(Seen whole) {
        assertTrue(count() <= whole.count(), () -> count() + " frames of " + whole.count());
        for (int i = 0; i < count(); i++) {
            assertEquals(whole.get(i).position(), get(i).position());
            assertArrayEquals(whole.get(i).bytes(), get(i).bytes());
        }
    }
}
