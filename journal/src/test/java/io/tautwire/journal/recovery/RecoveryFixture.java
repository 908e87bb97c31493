package io.tautwire.journal.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;

/** Recovers journals of stamped frames. */
abstract class RecoveryFixture {
    static final int SEGMENT = Built.SEGMENT;

    /** What the last recovery showed. */
    Seen seen = new Seen();

    Recovered recover(JournalImage image) {
        seen = new Seen();
        return Recovery.scan(image, FrameRule.stamped(), seen);
    }

    /** All frames of an image up to a tail. */
    Seen framesOf(MemoryImage image, long tail) {
        final MemoryImage whole = image.copy();
        whole.head = whole.firstSegment;
        assertEquals(tail, recover(whole.clean(tail)).tail());
        return seen;
    }

    TautwireException assertCorrupt(JournalImage image) {
        final TautwireException refused = assertThrows(TautwireException.class, () -> recover(image));
        assertEquals(Code.JOURNAL_CORRUPT, refused.code());
        assertTrue(refused.getMessage().contains("file=memory offset="), refused::getMessage);
        assertTrue(refused.getMessage().contains("journal=7 position="), refused::getMessage);
        return refused;
    }

    void assertCorruptAt(long position, JournalImage image) {
        final String message = assertCorrupt(image).getMessage();
        assertTrue(message.contains(" position=" + position + " "), message);
    }
}
