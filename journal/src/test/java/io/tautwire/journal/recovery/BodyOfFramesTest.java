package io.tautwire.journal.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** A body may hold whole stamped frames, for instance of another journal: they are not this journal's. */
class BodyOfFramesTest extends RecoveryFixture {
    @Test
    void framesInATornBodyAreNotFramesBehindIt() {
        final Built other = new Built().frame(64).frame(64).frame(64).frame(64);
        final UnsafeBuffer body = new UnsafeBuffer(new byte[256]);
        body.putBytes(0, other.image().bytes, 0, 256);
        final Built built = new Built().frame(61).frame(100);
        final long before = built.tail();
        final MemoryImage whole = built.frameAround(body, 256).image();
        for (int written = 56; written < 48 + 256; written += 8) {
            final MemoryImage image = whole.copy().killed(64);
            image.zero(before + written);
            assertEquals(before, recover(image).tail());
            assertEquals(2, seen.count());
        }
        assertEquals(3, recover(whole.clean(built.tail())).frames());
    }
}
