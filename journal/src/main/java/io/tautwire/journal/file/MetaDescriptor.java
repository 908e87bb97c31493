package io.tautwire.journal.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tautwire.TautwireException;
import io.tautwire.journal.Epochs;
import java.nio.ByteBuffer;

/**
 * Layout of {@code journal.meta}: what a journal is, and where its epochs began. The file is never changed, only
 * replaced by renaming another one; where it is, the directory is a journal. Nothing else computes these offsets.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |               {@link FormatPrologue}, "TAUTWMET"              |  0
 *  |                                                              ...
 *  +---------------------------------------------------------------+
 *  |              Kind: 1 a server's, 2 a publish store            | 16
 *  +---------------------------------------------------------------+
 *  |                        Segment length                         | 20
 *  +---------------------------------------------------------------+
 *  |                          Journal id                           | 24
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |             Incarnation; 0 for a server's journal             | 32
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                       Count of epochs                         | 40
 *  +---------------------------------------------------------------+
 *  |           Length of the client name; 0 for a server's         | 44
 *  +---------------------------------------------------------------+
 *  |  For each epoch, in order:  its number                        | 48
 *  +---------------------------------------------------------------+
 *  |                             zero                              |
 *  +---------------------------------------------------------------+
 *  |                   the position it began at                    |
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                 Client name in UTF-8                         ...
 *  +---------------------------------------------------------------+
 * </pre>
 *
 * The checksum covers the whole file.
 */
final class MetaDescriptor {
    static final String FILE_NAME = "journal.meta";
    static final long MAGIC = FormatPrologue.magic("TAUTWMET");
    static final int KIND_OFFSET = FormatPrologue.END_OFFSET;
    static final int SEGMENT_LENGTH_OFFSET = 20;
    static final int JOURNAL_ID_OFFSET = 24;
    static final int INCARNATION_OFFSET = 32;
    static final int EPOCH_COUNT_OFFSET = 40;
    static final int CLIENT_NAME_LENGTH_OFFSET = 44;
    static final int EPOCHS_OFFSET = 48;
    static final int EPOCH_LENGTH = 16;
    static final int EPOCH_START_OFFSET = 8;

    /** Epochs kept at most; the oldest are forgotten, and bookmarks of them are unknown. */
    static final int MAX_EPOCHS = 4096;

    /** Length of the longest file. */
    static final int MAX_LENGTH = EPOCHS_OFFSET + MAX_EPOCHS * EPOCH_LENGTH + JournalIdentity.MAX_CLIENT_NAME_BYTES;

    private MetaDescriptor() {}

    /** The file's bytes. */
    static ByteBuffer encode(JournalIdentity identity, Epochs epochs) {
        final byte[] name = identity.clientName().getBytes(UTF_8);
        final int first = Math.max(0, epochs.count() - MAX_EPOCHS);
        final int count = epochs.count() - first;
        final ByteBuffer meta = FormatPrologue.unit(EPOCHS_OFFSET + count * EPOCH_LENGTH + name.length);
        meta.putInt(KIND_OFFSET, identity.kind().number())
                .putInt(SEGMENT_LENGTH_OFFSET, identity.segmentLength())
                .putLong(JOURNAL_ID_OFFSET, identity.journalId())
                .putLong(INCARNATION_OFFSET, identity.incarnation())
                .putInt(EPOCH_COUNT_OFFSET, count)
                .putInt(CLIENT_NAME_LENGTH_OFFSET, name.length);
        for (int i = 0; i < count; i++) {
            final int at = EPOCHS_OFFSET + i * EPOCH_LENGTH;
            meta.putInt(at, epochs.epoch(first + i)).putLong(at + EPOCH_START_OFFSET, epochs.start(first + i));
        }
        meta.position(EPOCHS_OFFSET + count * EPOCH_LENGTH);
        meta.put(name);
        meta.rewind();
        FormatPrologue.seal(meta, MAGIC);
        return meta;
    }

    /**
     * Makes sure that the file is whole, and of this version.
     *
     * @throws TautwireException JOURNAL_CORRUPT or VERSION_UNSUPPORTED, naming the file.
     */
    static void check(ByteBuffer meta, String file) {
        FormatPrologue.check(meta, MAGIC, file);
        final int count = meta.capacity() < EPOCHS_OFFSET ? 0 : meta.getInt(EPOCH_COUNT_OFFSET);
        final boolean isPlausible = count >= 1
                && count <= MAX_EPOCHS
                && meta.capacity()
                        == EPOCHS_OFFSET + (long) count * EPOCH_LENGTH + meta.getInt(CLIENT_NAME_LENGTH_OFFSET);
        if (!isPlausible || JournalKind.of(meta.getInt(KIND_OFFSET)) == null) {
            throw FormatPrologue.corrupt(file + " has fields that do not fit each other");
        }
    }

    /** What the journal is; of a file that was checked. */
    static JournalIdentity identity(ByteBuffer meta) {
        final byte[] name = new byte[meta.getInt(CLIENT_NAME_LENGTH_OFFSET)];
        meta.get(meta.capacity() - name.length, name);
        return new JournalIdentity(
                JournalKind.of(meta.getInt(KIND_OFFSET)),
                meta.getLong(JOURNAL_ID_OFFSET),
                meta.getInt(SEGMENT_LENGTH_OFFSET),
                new String(name, UTF_8),
                meta.getLong(INCARNATION_OFFSET));
    }

    /** The epochs; of a file that was checked. */
    static Epochs epochs(ByteBuffer meta) {
        Epochs epochs = null;
        for (int i = 0; i < meta.getInt(EPOCH_COUNT_OFFSET); i++) {
            final int at = EPOCHS_OFFSET + i * EPOCH_LENGTH;
            final int number = meta.getInt(at);
            final long start = meta.getLong(at + EPOCH_START_OFFSET);
            epochs = epochs == null ? Epochs.first(number) : epochs.with(number, start);
        }
        return epochs;
    }
}
