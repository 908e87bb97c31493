package io.tautwire.journal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.codec.MessageView;
import io.tautwire.journal.Epochs;
import io.tautwire.journal.JournalCursor;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Directories of format version 1, made once by the first release that had them, and never again: whatever becomes of
 * the code, it opens them. The server's was killed after 5 of its 10 frames, then closed in order; the store, of
 * "pricer" with incarnation 11, was killed with commands 1 to 6, of which 1 and 2 have an outcome.
 */
class UpgradeTest {
    @TempDir
    Path below;

    @ParameterizedTest
    @EnumSource
    void aServersJournalOfVersion1Opens(SegmentMemory memory) throws Exception {
        try (FileJournal open =
                FileJournal.open(FileJournalConfig.server(copy("server"), 99).memory(memory))) {
            assertEquals(0x5EL, open.identity().journalId());
            assertEquals(4096, open.identity().segmentLength());
            assertTrue(open.recovered().isClean());
            assertEquals(Epochs.first(0).with(1, 5096), open.journal().epochs());
            assertEquals(10, new Stamped().read(open.journal().cursor(0), 0));
        }
    }

    @Test
    void aPublishStoreOfVersion1Opens() throws Exception {
        try (FileJournal open = FileJournal.open(FileJournalConfig.store(copy("store"), 99, "pricer", 99))) {
            assertEquals(11, open.identity().incarnation());
            assertFalse(open.recovered().isClean());
            assertFalse(open.isSameBoot());
            assertEquals(6, open.recovered().frames());
            final JournalCursor cursor = open.journal().cursor(open.journal().head());
            final MessageView message = new MessageView();
            for (int sequence = 3; sequence <= 6; sequence++) {
                Stamped.await(() -> cursor.poll() == JournalCursor.FRAME);
                message.wrap(cursor.buffer(), cursor.offset());
                assertEquals(sequence, message.sequence());
            }
            assertEquals(JournalCursor.END, cursor.poll());
        }
    }

    private Path copy(String name) throws IOException, URISyntaxException {
        final Path from =
                Path.of(UpgradeTest.class.getResource("/journal-v1/" + name).toURI());
        final Path to = Files.createDirectory(below.resolve(name));
        try (Stream<Path> files = Files.list(from)) {
            for (final Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        return to;
    }
}
