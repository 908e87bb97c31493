package io.tautwire.journal;

/**
 * Where a journal's segments are kept: the seam between the journal and memory, mapped files or anything else.
 *
 * <p>Every method is a request that returns without waiting. It completes by one call of the {@link StorageListener},
 * before it returns or later, on whatever thread the implementation's shell delivers its completions on; one at a time.
 * Requests of one kind complete in the order in which they were made. A segment is named by the position of its first
 * byte. Requests come from one thread at a time.
 */
public interface Storage extends AutoCloseable {
    /**
     * Begins; once, before any request.
     *
     * @param listener      told of completions.
     * @param segmentLength bytes of every segment.
     * @throws IllegalStateException if it is open already: one storage serves one journal.
     */
    void open(StorageListener listener, int segmentLength);

    /**
     * Asks for the memory of a segment that comes next: a {@link java.nio.ByteBuffer} of the segment's length, its
     * content undefined; but a segment that exists has its content, which is how a journal that is opened again gets
     * the one its tail lies in. One such request is under way at a time. Completes with
     * {@link StorageListener#onPrepared}; when it fails the same segment is asked for again later.
     */
    void prepare(long segmentPosition);

    /**
     * Asks that bytes of a prepared segment's memory be handed to where they outlive the process. They do not change
     * any more. Completes with {@link StorageListener#onWritten}.
     *
     * @param position of the first byte; the requests follow each other, without gaps but for what is released already.
     * @param length   bytes, within one segment.
     */
    void write(long position, int length);

    /**
     * Asks that everything below a position, for which writing was asked before, be put where it survives a power cut.
     * Completes with {@link StorageListener#onForced}. The next write need not wait for it.
     */
    void force(long position);

    /**
     * Asks for the bytes of a segment that was written and is not released. Completes with
     * {@link StorageListener#onRead}; the memory stays until the segment is cooled or released.
     */
    void read(long segmentPosition);

    /**
     * Gives the memory of a segment back that is written and forced, and nothing refers to any more. The segment stays,
     * and {@link #read} brings it back. No completion.
     */
    void cool(long segmentPosition);

    /**
     * Notes the first position that is still needed, so that whoever opens the journal again need not look below it;
     * it only rises. Cheap and called often; survives the death of the process when it returns, where anything does,
     * and a power cut sooner or later. Comes before the release of what lies below. No completion.
     *
     * <p>May come from another thread than the requests, one at a time, and also during and after {@link #close},
     * when it does nothing.
     */
    void head(long position);

    /**
     * Gives a segment up: nothing refers to its memory any more, and what was kept of it may go. Completes with
     * {@link StorageListener#onReleased}. Segments are released from the oldest on.
     */
    void release(long segmentPosition);

    /** Ends. No completion comes after it. Idempotent. Memory that somebody still refers to stays readable. */
    @Override
    void close();
}
