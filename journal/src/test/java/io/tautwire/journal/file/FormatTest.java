package io.tautwire.journal.file;

import static io.tautwire.codec.sbe.Code.JOURNAL_CORRUPT;
import static io.tautwire.codec.sbe.Code.VERSION_UNSUPPORTED;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.journal.Epochs;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** The bytes of the three kinds of file, said once more by numbers. */
class FormatTest {
    private static final JournalIdentity STORE =
            new JournalIdentity(JournalKind.STORE, 0x1122334455667788L, 8192, "pricer-\u00fc", 0x99L);

    @Test
    void aSegmentsHeaderHasItsFieldsWhereTheyAreDrawn() {
        final ByteBuffer header = SegmentDescriptor.encode(0x1122334455667788L, 3 * 8192, 8192);
        assertEquals(4096, header.capacity());
        assertPrologue(header, "TAUTWSEG");
        assertEquals(0x1122334455667788L, header.getLong(16));
        assertEquals(3 * 8192, header.getLong(24));
        assertEquals(8192, header.getInt(32));
        assertEquals(0, header.getInt(36));
    }

    @Test
    void aMetaHasItsFieldsWhereTheyAreDrawn() {
        final ByteBuffer meta = MetaDescriptor.encode(STORE, Epochs.first(0).with(4, 640));
        assertPrologue(meta, "TAUTWMET");
        assertEquals(2, meta.getInt(16));
        assertEquals(8192, meta.getInt(20));
        assertEquals(0x1122334455667788L, meta.getLong(24));
        assertEquals(0x99L, meta.getLong(32));
        assertEquals(2, meta.getInt(40));
        assertEquals(9, meta.getInt(44));
        assertEquals(0, meta.getInt(48));
        assertEquals(0, meta.getLong(56));
        assertEquals(4, meta.getInt(64));
        assertEquals(640, meta.getLong(72));
        assertEquals('p', meta.get(80));
        assertEquals(89, meta.capacity());
    }

    @Test
    void aMetaReadsBackAsItWasWritten() {
        final Epochs epochs = Epochs.first(2).with(3, 64).with(9, 64);
        final ByteBuffer meta = MetaDescriptor.encode(STORE, epochs);
        MetaDescriptor.check(meta, "file=m");
        assertEquals(STORE, MetaDescriptor.identity(meta));
        assertEquals(epochs, MetaDescriptor.epochs(meta));
    }

    @Test
    void aMetaForgetsTheOldestOfTooManyEpochs() {
        Epochs epochs = Epochs.first(0);
        for (int i = 1; i <= MetaDescriptor.MAX_EPOCHS; i++) {
            epochs = epochs.with(i, i);
        }
        final ByteBuffer meta = MetaDescriptor.encode(STORE, epochs);
        MetaDescriptor.check(meta, "file=m");
        assertEquals(MetaDescriptor.MAX_EPOCHS, MetaDescriptor.epochs(meta).count());
        assertEquals(1, MetaDescriptor.epochs(meta).epoch(0));
        assertEquals(MetaDescriptor.MAX_EPOCHS, MetaDescriptor.epochs(meta).current());
    }

    @Test
    void aSlotHasItsFieldsWhereTheyAreDrawn() {
        final ByteBuffer slot = FormatPrologue.unit(4096);
        MarkDescriptor.encode(slot, 5, 6, 640, true, "boot");
        assertPrologue(slot, "TAUTWMRK");
        assertEquals(5, slot.getLong(16));
        assertEquals(6, slot.getLong(24));
        assertEquals(640, slot.getLong(32));
        assertEquals(1, slot.getInt(40));
        assertEquals(4, slot.getInt(44));
        assertEquals('b', slot.get(48));
        assertEquals("boot", MarkDescriptor.bootId(slot));
    }

    @Test
    void theHigherWholeHeadCounts() {
        final ByteBuffer page = MarkDescriptor.headPage(64);
        assertEquals(64, page.getLong(0));
        assertEquals(~64L, page.getLong(8));
        page.putLong(16, 128).putLong(24, ~128L);
        assertEquals(128, MarkDescriptor.head(page));
        page.putLong(0, 192); // died before its inverse
        assertEquals(128, MarkDescriptor.head(page));
        page.putLong(24, 0);
        assertEquals(-1, MarkDescriptor.head(page));
    }

    @Test
    void everyFlippedBitIsFound() {
        final ByteBuffer meta = MetaDescriptor.encode(STORE, Epochs.first(0));
        for (int i = 0; i < meta.capacity() * 8; i++) {
            flip(meta, i);
            assertEquals(JOURNAL_CORRUPT, refused(meta).code(), "bit " + i);
            flip(meta, i);
        }
        MetaDescriptor.check(meta, "file=m");
    }

    @Test
    void anotherVersionIsNamed() {
        final ByteBuffer meta = MetaDescriptor.encode(STORE, Epochs.first(0));
        meta.putInt(8, 2).putInt(12, 0);
        meta.putInt(12, crc(meta));
        final TautwireException refusal = refused(meta);
        assertEquals(VERSION_UNSUPPORTED, refusal.code());
        assertTrue(refusal.getMessage().contains("file=m has formatVersion=2"), refusal.getMessage());
    }

    @Test
    void aSegmentOfAnotherJournalOrPlaceIsRefused() {
        final ByteBuffer header = SegmentDescriptor.encode(1, 8192, 8192);
        SegmentDescriptor.check(header, 1, 8192, 8192, "file=s");
        assertThrows(TautwireException.class, () -> SegmentDescriptor.check(header, 2, 8192, 8192, "file=s"));
        assertThrows(TautwireException.class, () -> SegmentDescriptor.check(header, 1, 0, 8192, "file=s"));
        assertThrows(TautwireException.class, () -> SegmentDescriptor.check(header, 1, 8192, 4096, "file=s"));
    }

    @Test
    void aSegmentsNameIsItsPosition() {
        assertEquals("0000000000abc000.seg", SegmentDescriptor.fileName(0xabc000));
        assertEquals(0xabc000, SegmentDescriptor.position("0000000000abc000.seg"));
        for (final String name : new String[] {"0000000000ABC000.seg", "abc000.seg", "journal.meta", "lock", ".seg"}) {
            assertEquals(-1, SegmentDescriptor.position(name), name);
        }
        assertEquals(-1, SegmentDescriptor.position("0000000000abc000.seg.tmp"));
    }

    @Test
    void aNameIsNeededForAStoreAndForNothingElse() {
        assertThrows(TautwireException.class, () -> new JournalIdentity(JournalKind.STORE, 1, 8192, "", 2));
        assertThrows(TautwireException.class, () -> new JournalIdentity(JournalKind.SERVER, 1, 8192, "a", 0));
        assertThrows(TautwireException.class, () -> new JournalIdentity(JournalKind.SERVER, 1, 8000, "", 0));
    }

    private static TautwireException refused(ByteBuffer meta) {
        return assertThrows(TautwireException.class, () -> MetaDescriptor.check(meta, "file=m"));
    }

    private static void flip(ByteBuffer bytes, int bit) {
        bytes.put(bit / 8, (byte) (bytes.get(bit / 8) ^ 1 << bit % 8));
    }

    private static void assertPrologue(ByteBuffer unit, String magic) {
        final byte[] found = new byte[8];
        unit.get(0, found);
        assertEquals(magic, new String(found, US_ASCII));
        assertEquals(1, unit.getInt(8));
        assertNotEquals(0, unit.getInt(12));
        assertEquals(crc(unit), unit.getInt(12));
    }

    /** With zeros in its own place. */
    private static int crc(ByteBuffer unit) {
        final ByteBuffer copy = ByteBuffer.allocate(unit.capacity()).order(ByteOrder.LITTLE_ENDIAN);
        copy.put(0, unit, 0, unit.capacity());
        copy.putInt(12, 0);
        final CRC32C crc = new CRC32C();
        crc.update(copy);
        return (int) crc.getValue();
    }
}
