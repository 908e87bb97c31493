package io.tautwire.server.internal.broker.publisher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.PublisherDecoder;
import io.tautwire.codec.sbe.RefusedDecoder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PublisherSnapshotTest {
    private final PublisherFrames frames = new PublisherFrames();
    private final byte[] bytes = PublisherSnapshot.encode(table(), 42, 4096);

    @Test
    void isReadAsItWasWritten() {
        final PublisherTable read = new PublisherTable(10, 1000);
        assertEquals(4096, PublisherSnapshot.decode(bytes, 42, read));
        assertEquals(Tables.describe(table(), table()), Tables.describe(read, read));
    }

    @Test
    void aFlippedBitIsFoundWhereverItIs() {
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            final byte[] damaged = bytes.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertCorrupt(damaged, 42);
        }
    }

    @Test
    void oneThatEndsEarlyIsFoundWhereverItEnds() {
        for (int length = 0; length < bytes.length; length++) {
            assertCorrupt(Arrays.copyOf(bytes, length), 42);
        }
        assertCorrupt(Arrays.copyOf(bytes, bytes.length + 1), 42);
    }

    @Test
    void oneOfAnotherJournalIsRefused() {
        assertCorrupt(bytes, 43);
    }

    private static void assertCorrupt(byte[] given, long journalId) {
        final TautwireException failure = assertThrows(
                TautwireException.class,
                () -> PublisherSnapshot.decode(given, journalId, new PublisherTable(10, 1000)));
        assertEquals(Code.JOURNAL_CORRUPT, failure.code());
    }

    private PublisherTable table() {
        final PublisherTable table = new PublisherTable(10, 1000);
        for (int i = 1; i <= 3; i++) {
            final Publisher publisher = table.open(new Identity("u" + i, "n\u00e4me" + i, i));
            frames.open(publisher);
            table.apply(PublisherDecoder.TEMPLATE_ID, frames.buffer(), 0);
            for (int sequence = 1; sequence <= 2 * i; sequence++) {
                frames.refused(publisher, sequence, 20 + sequence % 2, "reason " + sequence);
                table.apply(RefusedDecoder.TEMPLATE_ID, frames.buffer(), 0);
            }
        }
        return table;
    }
}
