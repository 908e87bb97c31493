package io.tautwire.journal.file;

import static io.tautwire.codec.sbe.Code.CONFIGURATION_INVALID;

import io.tautwire.TautwireException;
import io.tautwire.journal.JournalConfig;
import io.tautwire.journal.recovery.FrameVisitor;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * How a journal in files is opened. {@code FileJournalConfig.server(directory, id).maxBytes(1L << 30)} and so on: each
 * setter changes this one and returns it. For one thread, and for one opening.
 */
public final class FileJournalConfig {
    /** Length of a server's segments unless configured, 64 MiB. */
    public static final int SERVER_SEGMENT_LENGTH = 64 << 20;

    /** Segments in direct memory at a time unless configured. */
    public static final int DEFAULT_HOT_SEGMENTS = 4;

    /** Fewest segments in direct memory: one appended to, one prepared, one still being written. */
    public static final int MIN_HOT_SEGMENTS = 3;

    private final Path directory;
    private final JournalKind kind;
    private final long newJournalId;
    private final String clientName;
    private final long newIncarnation;
    private SegmentMemory memory;
    private boolean forceAwaited;
    private int segmentLength = SERVER_SEGMENT_LENGTH;
    private long maxBytes = Long.MAX_VALUE;
    private int hotSegments = DEFAULT_HOT_SEGMENTS;
    private Executor completions = Runnable::run;
    private String threadPrefix = "tautwire";
    private Consumer<JournalIdentity> onIdentity = identity -> {};
    private FrameVisitor visitor = FrameVisitor.NONE;
    private Disk disk = Disk.system();
    private LongSupplier nanoClock = System::nanoTime;

    private FileJournalConfig(
            Path directory, JournalKind kind, long newJournalId, String clientName, long newIncarnation) {
        this.directory = Objects.requireNonNull(directory, "directory");
        this.kind = kind;
        this.newJournalId = newJournalId;
        this.clientName = Objects.requireNonNull(clientName, "clientName");
        this.newIncarnation = newIncarnation;
        this.memory = kind == JournalKind.SERVER ? SegmentMemory.DIRECT : SegmentMemory.MAPPED;
    }

    /**
     * A server's journal.
     *
     * @param directory    created if need be.
     * @param newJournalId random; the id if the journal is created now.
     */
    public static FileJournalConfig server(Path directory, long newJournalId) {
        return new FileJournalConfig(directory, JournalKind.SERVER, newJournalId, "", 0);
    }

    /**
     * A client's publish store.
     *
     * @param directory      created if need be.
     * @param newJournalId   random; the id if the journal is created now.
     * @param clientName     whose it is; a directory of another one is refused.
     * @param newIncarnation random; the incarnation if the store is created now.
     */
    public static FileJournalConfig store(Path directory, long newJournalId, String clientName, long newIncarnation) {
        return new FileJournalConfig(directory, JournalKind.STORE, newJournalId, clientName, newIncarnation);
    }

    /**
     * A client's bookmark store.
     *
     * @param directory    created if need be.
     * @param newJournalId random; the id if the journal is created now.
     */
    public static FileJournalConfig bookmarks(Path directory, long newJournalId) {
        return new FileJournalConfig(directory, JournalKind.BOOKMARKS, newJournalId, "", 0);
    }

    /** What segments lie in: DIRECT for a server's journal, MAPPED for a store, unless set. */
    public FileJournalConfig memory(SegmentMemory what) {
        memory = Objects.requireNonNull(what, "memory");
        return this;
    }

    /** Whether somebody waits for what is forced; otherwise mapped memory is forced now and then. */
    public FileJournalConfig forceAwaited(boolean isAwaited) {
        forceAwaited = isAwaited;
        return this;
    }

    /** Bytes of a segment if the journal is created now: a power of two. One that is there keeps its own. */
    public FileJournalConfig segmentLength(int bytes) {
        segmentLength = bytes;
        return this;
    }

    /** Bytes that segments may take in all; at least two are always allowed, and as many as are there and one more. */
    public FileJournalConfig maxBytes(long bytes) {
        maxBytes = bytes;
        return this;
    }

    /**
     * Segments of DIRECT memory at a time, from {@link #MIN_HOT_SEGMENTS} on. When all are taken a claim that needs
     * another gets NOT_READY until one is cooled or released.
     */
    public FileJournalConfig hotSegments(int count) {
        hotSegments = count;
        return this;
    }

    /**
     * Runs what completes requests, one at a time, and soon; on the storage's threads unless set. It may run them late,
     * or drop them, once the journal is closed.
     */
    public FileJournalConfig completions(Executor executor) {
        completions = Objects.requireNonNull(executor, "completions");
        return this;
    }

    /** What the names of the threads begin with: {@code PREFIX-journal-sync} and others. */
    public FileJournalConfig threadPrefix(String prefix) {
        threadPrefix = Objects.requireNonNull(prefix, "threadPrefix");
        return this;
    }

    /** Told what the journal is, before the first frame is visited. */
    public FileJournalConfig onIdentity(Consumer<JournalIdentity> consumer) {
        onIdentity = Objects.requireNonNull(consumer, "onIdentity");
        return this;
    }

    /** Sees the frames that are recovered, while the journal is opened. */
    public FileJournalConfig visitor(FrameVisitor frames) {
        visitor = Objects.requireNonNull(frames, "visitor");
        return this;
    }

    /** The disk, the machine's own unless set. */
    public FileJournalConfig disk(Disk where) {
        disk = Objects.requireNonNull(where, "disk");
        return this;
    }

    /** Nanoseconds that only rise, the system's unless set. */
    public FileJournalConfig nanoClock(LongSupplier clock) {
        nanoClock = Objects.requireNonNull(clock, "nanoClock");
        return this;
    }

    /** The directory. */
    public Path directory() {
        return directory;
    }

    JournalKind kind() {
        return kind;
    }

    String clientName() {
        return clientName;
    }

    SegmentMemory memory() {
        return memory;
    }

    boolean isForceAwaited() {
        return forceAwaited;
    }

    int hotSegments() {
        return hotSegments;
    }

    Executor completions() {
        return completions;
    }

    String threadPrefix() {
        return threadPrefix;
    }

    Consumer<JournalIdentity> onIdentity() {
        return onIdentity;
    }

    FrameVisitor visitor() {
        return visitor;
    }

    Disk disk() {
        return disk;
    }

    LongSupplier nanoClock() {
        return nanoClock;
    }

    /** What the journal is if it is created now. */
    JournalIdentity newIdentity() {
        return new JournalIdentity(kind, newJournalId, segmentLength, clientName, newIncarnation);
    }

    /** Segments at most, where so many are there already. */
    int maxSegments(JournalIdentity identity, int found) {
        final long wished = maxBytes / identity.segmentLength();
        return (int) Math.min(JournalConfig.MAX_SEGMENTS, Math.max(Math.max(2, found + 1), wished));
    }

    /** Checks what can be checked before anything is opened. */
    void conclude() {
        if (hotSegments < MIN_HOT_SEGMENTS || maxBytes <= 0) {
            throw new TautwireException(
                    CONFIGURATION_INVALID,
                    "hotSegments=" + hotSegments + " maxBytes=" + maxBytes + "; give at least " + MIN_HOT_SEGMENTS
                            + " hot segments of segmentLength=" + segmentLength + ", and room for two segments");
        }
        newIdentity();
    }
}
