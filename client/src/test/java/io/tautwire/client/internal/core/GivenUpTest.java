package io.tautwire.client.internal.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.codec.FrameChecksum;
import io.tautwire.journal.JournalCursor;
import org.junit.jupiter.api.Test;

class GivenUpTest {
    @Test
    void aMarkedFrameIsStillSoundToWhoeverVerifiesIt() {
        final SessionFixture fixture = new SessionFixture();
        for (int length = 0; length < 200; length++) {
            fixture.publish(length);
        }
        final JournalCursor cursor = fixture.journal.cursor(0);
        final FrameChecksum checksum = new FrameChecksum();
        while (cursor.poll() == JournalCursor.FRAME) {
            assertFalse(GivenUp.isMarked(cursor.buffer(), cursor.offset()));
            GivenUp.mark(cursor.buffer(), cursor.offset(), checksum);
            assertTrue(GivenUp.isMarked(cursor.buffer(), cursor.offset()));
            final int aligned = (cursor.length() + 7) & ~7;
            assertEquals(
                    aligned,
                    Peer.reader()
                            .read(cursor.buffer(), cursor.offset(), aligned, (template, buffer, at, length) -> true));
        }
    }
}
