package io.tautwire.journal.recovery;

import org.agrona.DirectBuffer;

/**
 * A journal as it was found: its segments, and what was recorded beside them. Read by one thread, before the journal
 * is opened over it.
 */
public interface JournalImage {
    /** The journal's id. */
    long journalId();

    /** Bytes of every segment, a power of two. */
    int segmentLength();

    /** Position of the first segment that is there; a multiple of the segment length. */
    long firstSegment();

    /** Position behind the last segment that is there, so that there are none when it is {@link #firstSegment()}. */
    long endSegment();

    /**
     * The bytes of a segment, to be read.
     *
     * @param segmentPosition within [{@link #firstSegment()}, {@link #endSegment()}).
     * @return wraps an array or a {@link java.nio.ByteBuffer}, of the segment's length; valid until the next call.
     */
    DirectBuffer segment(long segmentPosition);

    /** The first position still needed, as last noted. A lower one than was noted in fact does no harm. */
    long head();

    /** Everything below this position survived being forced, as last recorded. */
    long synced();

    /** Whether it was closed in order: then {@link #synced()} is its tail, and behind it all is zero. */
    boolean isClean();

    /**
     * Whether the machine has not gone down since the journal was last open: then everything that was written is there,
     * in the order in which it was. Whoever recovers a journal after another boot must not record this boot before what
     * was cut is forced, or an open that is itself interrupted is taken for corruption by the next.
     */
    boolean isSameBoot();

    /** Where to look for a position, as in {@code file=... offset=...}. */
    String locate(long position);
}
