package io.tautwire.server.internal.broker.retention;

import java.util.function.LongFunction;

/**
 * When the table of publishers is written down: each time that the journal has grown by so much, and not before the
 * journal itself is forced up to there, for a snapshot must not tell of commands that a power cut takes back.
 */
public final class Snapshots {
    /** Bytes of journal between two snapshots at most, 16 MiB: quickly read again at a start. */
    private static final long LONGEST_INTERVAL = 16 << 20;

    private final long interval;
    private final LongFunction<byte[]> table;
    private final SnapshotWriter writer;
    private long newest;
    private long needed;
    private long taken;
    private byte[] bytes;
    private boolean isWriting;

    /**
     * Of one table.
     *
     * @param segmentLength of the journal: more than that is not read again where a segment is short.
     * @param newest        where the newest one was taken; zero when there is none.
     * @param table         writes the table down as it is now, at the position of the journal's tail.
     */
    public Snapshots(int segmentLength, long newest, LongFunction<byte[]> table, SnapshotWriter writer) {
        this.interval = Math.min(segmentLength, LONGEST_INTERVAL);
        this.newest = newest;
        this.needed = newest;
        this.taken = newest;
        this.table = table;
        this.writer = writer;
    }

    /**
     * Below, the journal is needed for no snapshot: where the last but one that outlives the process was taken, which
     * is there for when the last one cannot be read.
     */
    public long needed() {
        return needed;
    }

    /** The journal has grown, or been forced. */
    public void onProgress(long tail, long forced) {
        if (bytes == null && !isWriting && tail - taken >= interval) {
            taken = tail;
            bytes = table.apply(tail);
        }
        if (bytes != null && forced >= taken) {
            final byte[] ready = bytes;
            bytes = null;
            isWriting = true;
            writer.write(taken, ready);
        }
    }

    /** The snapshot outlives the process. */
    public void onWritten(long position) {
        isWriting = false;
        needed = newest;
        newest = position;
    }

    /** The snapshot does not: the next one is tried when its time has come. */
    public void onFailed() {
        isWriting = false;
    }
}
