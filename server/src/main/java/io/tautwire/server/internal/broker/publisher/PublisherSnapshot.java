package io.tautwire.server.internal.broker.publisher;

import static io.tautwire.server.internal.broker.publisher.SnapshotDescriptor.CHECKSUM_OFFSET;
import static io.tautwire.server.internal.broker.publisher.SnapshotDescriptor.CODE_OFFSET;
import static io.tautwire.server.internal.broker.publisher.SnapshotDescriptor.CONFIRMED_BELOW_OFFSET;
import static io.tautwire.server.internal.broker.publisher.SnapshotDescriptor.COUNT_OFFSET;
import static io.tautwire.server.internal.broker.publisher.SnapshotDescriptor.COVERED_OFFSET;
import static io.tautwire.server.internal.broker.publisher.SnapshotDescriptor.FLAGS_OFFSET;
import static io.tautwire.server.internal.broker.publisher.SnapshotDescriptor.FROM_OFFSET;
import static io.tautwire.server.internal.broker.publisher.SnapshotDescriptor.HANDLED_OFFSET;
import static io.tautwire.server.internal.broker.publisher.SnapshotDescriptor.HEADER_LENGTH;
import static io.tautwire.server.internal.broker.publisher.SnapshotDescriptor.INCARNATION_OFFSET;
import static io.tautwire.server.internal.broker.publisher.SnapshotDescriptor.JOURNAL_ID_OFFSET;
import static io.tautwire.server.internal.broker.publisher.SnapshotDescriptor.LENGTH_OFFSET;
import static io.tautwire.server.internal.broker.publisher.SnapshotDescriptor.MAGIC;
import static io.tautwire.server.internal.broker.publisher.SnapshotDescriptor.MAGIC_OFFSET;
import static io.tautwire.server.internal.broker.publisher.SnapshotDescriptor.OPEN_FLAG;
import static io.tautwire.server.internal.broker.publisher.SnapshotDescriptor.POSITION_OFFSET;
import static io.tautwire.server.internal.broker.publisher.SnapshotDescriptor.PUBLISHED_FLAG;
import static io.tautwire.server.internal.broker.publisher.SnapshotDescriptor.PUBLISHER_LENGTH;
import static io.tautwire.server.internal.broker.publisher.SnapshotDescriptor.RANGES_OFFSET;
import static io.tautwire.server.internal.broker.publisher.SnapshotDescriptor.RANGE_LENGTH;
import static io.tautwire.server.internal.broker.publisher.SnapshotDescriptor.TO_OFFSET;
import static io.tautwire.server.internal.broker.publisher.SnapshotDescriptor.UNKNOWN_BELOW_OFFSET;
import static io.tautwire.server.internal.broker.publisher.SnapshotDescriptor.VERSION;
import static io.tautwire.server.internal.broker.publisher.SnapshotDescriptor.VERSION_OFFSET;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The table of publishers as bytes, as it was at a position of the journal: {@link SnapshotDescriptor} draws them. */
public final class PublisherSnapshot {
    private final ExpandableArrayBuffer out;
    private final DirectBuffer in;
    private int at = HEADER_LENGTH;
    private int count;

    private PublisherSnapshot(ExpandableArrayBuffer out, DirectBuffer in) {
        this.out = out;
        this.in = in;
    }

    /**
     * Writes a table down.
     *
     * @param position of the journal: what all frames below it say is in the table, and nothing more.
     */
    public static byte[] encode(PublisherTable table, long journalId, long position) {
        final ExpandableArrayBuffer out = new ExpandableArrayBuffer(4096);
        final PublisherSnapshot snapshot = new PublisherSnapshot(out, null);
        table.forEachJournaled(snapshot::put);
        final int length = snapshot.at;
        out.putLong(MAGIC_OFFSET, MAGIC, LITTLE_ENDIAN);
        out.putInt(VERSION_OFFSET, VERSION, LITTLE_ENDIAN);
        out.putLong(JOURNAL_ID_OFFSET, journalId, LITTLE_ENDIAN);
        out.putLong(POSITION_OFFSET, position, LITTLE_ENDIAN);
        out.putLong(LENGTH_OFFSET, length, LITTLE_ENDIAN);
        out.putInt(COUNT_OFFSET, snapshot.count, LITTLE_ENDIAN);
        final byte[] bytes = Arrays.copyOf(out.byteArray(), length);
        new UnsafeBuffer(bytes).putInt(CHECKSUM_OFFSET, checksum(bytes), LITTLE_ENDIAN);
        return bytes;
    }

    /**
     * Reads what was written down.
     *
     * @param into an empty table.
     * @return the position it was taken at.
     * @throws TautwireException JOURNAL_CORRUPT if it is not as it was written, or of another journal, or of a newer
     *                           format; the table is not to be used then.
     */
    public static long decode(byte[] bytes, long journalId, PublisherTable into) {
        if (bytes.length < HEADER_LENGTH) {
            throw corrupt("length=" + bytes.length + " is less than its header");
        }
        final UnsafeBuffer in = new UnsafeBuffer(bytes);
        check(in, bytes, journalId);
        final PublisherSnapshot snapshot = new PublisherSnapshot(null, in);
        final int publishers = in.getInt(COUNT_OFFSET, LITTLE_ENDIAN);
        try {
            for (int i = 0; i < publishers; i++) {
                into.restore(snapshot.take());
            }
        } catch (IndexOutOfBoundsException | NegativeArraySizeException e) {
            throw corrupt("the publishers end beyond length=" + bytes.length);
        }
        if (snapshot.at != bytes.length) {
            throw corrupt("the publishers end at " + snapshot.at + " of length=" + bytes.length);
        }
        return in.getLong(POSITION_OFFSET, LITTLE_ENDIAN);
    }

    private static void check(DirectBuffer in, byte[] bytes, long journalId) {
        if (in.getLong(MAGIC_OFFSET, LITTLE_ENDIAN) != MAGIC) {
            throw corrupt("it does not begin as one");
        }
        final int version = in.getInt(VERSION_OFFSET, LITTLE_ENDIAN);
        if (version != VERSION) {
            throw corrupt("formatVersion=" + version + ", known is " + VERSION);
        }
        if (in.getLong(LENGTH_OFFSET, LITTLE_ENDIAN) != bytes.length) {
            throw corrupt("length=" + bytes.length + " is not what it says");
        }
        if (in.getInt(CHECKSUM_OFFSET, LITTLE_ENDIAN) != checksum(bytes)) {
            throw corrupt("its checksum is wrong");
        }
        if (in.getLong(JOURNAL_ID_OFFSET, LITTLE_ENDIAN) != journalId) {
            throw corrupt("it is of another journal");
        }
    }

    private void put(Publisher publisher) {
        final Refusals refusals = publisher.refusals();
        out.putLong(at + INCARNATION_OFFSET, publisher.identity().incarnation(), LITTLE_ENDIAN);
        out.putLong(at + HANDLED_OFFSET, publisher.handled(), LITTLE_ENDIAN);
        out.putLong(at + CONFIRMED_BELOW_OFFSET, publisher.confirmedBelow(), LITTLE_ENDIAN);
        out.putLong(at + UNKNOWN_BELOW_OFFSET, refusals.unknownBelow(), LITTLE_ENDIAN);
        final int flags = (publisher.hasPublished() ? PUBLISHED_FLAG : 0) | (publisher.isOpen() ? OPEN_FLAG : 0);
        out.putInt(at + FLAGS_OFFSET, flags, LITTLE_ENDIAN);
        out.putInt(at + RANGES_OFFSET, refusals.count(), LITTLE_ENDIAN);
        at += PUBLISHER_LENGTH;
        at += out.putStringUtf8(at, publisher.identity().clientName(), LITTLE_ENDIAN);
        at += out.putStringUtf8(at, publisher.identity().user(), LITTLE_ENDIAN);
        for (int i = 0; i < refusals.count(); i++) {
            out.putLong(at + FROM_OFFSET, refusals.from(i), LITTLE_ENDIAN);
            out.putLong(at + TO_OFFSET, refusals.to(i), LITTLE_ENDIAN);
            out.putInt(at + CODE_OFFSET, refusals.code(i), LITTLE_ENDIAN);
            at += RANGE_LENGTH;
            at += out.putStringUtf8(at, refusals.reason(i), LITTLE_ENDIAN);
        }
        count++;
    }

    private Publisher take() {
        final int from = at;
        at += PUBLISHER_LENGTH;
        final String clientName = text();
        final String user = text();
        final Publisher publisher =
                new Publisher(new Identity(user, clientName, in.getLong(from + INCARNATION_OFFSET, LITTLE_ENDIAN)));
        final int flags = in.getInt(from + FLAGS_OFFSET, LITTLE_ENDIAN);
        publisher.restore(
                in.getLong(from + HANDLED_OFFSET, LITTLE_ENDIAN),
                in.getLong(from + CONFIRMED_BELOW_OFFSET, LITTLE_ENDIAN),
                (flags & PUBLISHED_FLAG) != 0,
                (flags & OPEN_FLAG) != 0);
        final Refusals refusals = publisher.refusals();
        refusals.unknownBelow(in.getLong(from + UNKNOWN_BELOW_OFFSET, LITTLE_ENDIAN));
        final int ranges = in.getInt(from + RANGES_OFFSET, LITTLE_ENDIAN);
        for (int i = 0; i < ranges; i++) {
            final int range = at;
            at += RANGE_LENGTH;
            refusals.restore(
                    in.getLong(range + FROM_OFFSET, LITTLE_ENDIAN),
                    in.getLong(range + TO_OFFSET, LITTLE_ENDIAN),
                    in.getInt(range + CODE_OFFSET, LITTLE_ENDIAN),
                    text());
        }
        return publisher;
    }

    private String text() {
        final int length = in.getInt(at, LITTLE_ENDIAN);
        in.boundsCheck(at + Integer.BYTES, length);
        final String text = in.getStringWithoutLengthUtf8(at + Integer.BYTES, length);
        at += Integer.BYTES + length;
        return text;
    }

    private static int checksum(byte[] bytes) {
        final CRC32C checksum = new CRC32C();
        checksum.update(bytes, COVERED_OFFSET, bytes.length - COVERED_OFFSET);
        return (int) checksum.getValue();
    }

    private static TautwireException corrupt(String what) {
        return new TautwireException(Code.JOURNAL_CORRUPT, "this is no snapshot of the publishers: " + what);
    }
}
