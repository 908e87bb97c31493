package io.tautwire.client.internal;

import io.tautwire.TautwireException;
import io.tautwire.client.internal.core.CommandStore;
import io.tautwire.client.internal.core.StoreOrigin;
import io.tautwire.codec.FrameChecksum;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.MessagePrefix;
import io.tautwire.codec.sbe.Code;
import io.tautwire.journal.Journal;
import io.tautwire.journal.JournalConfig;
import io.tautwire.journal.shared.SharedAppender;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.agrona.MutableDirectBuffer;

/**
 * A publish store in use: the client's journal of commands without an outcome, which is also what is sent from. Any
 * number of threads publish: each holds the appender from {@link #begin} to {@link #commit} or {@link #abort}, and
 * takes the next sequence while it does, so that the order of the journal is the order of the sequences and neither has
 * gaps.
 */
public final class OpenStore implements CommandStore, AutoCloseable {
    /** No room until commands are acknowledged. */
    public static final long BACK_PRESSURED = -1;

    /** Another thread holds a claim. */
    public static final long BUSY = -2;

    /** The store is closed. */
    public static final long CLOSED = -3;

    /** The frame is longer than the server or the store takes. */
    public static final long TOO_LARGE = -4;

    /** The disk failed the store: nothing more can be kept. */
    public static final long STORE_FAILED = -5;

    /** There is no room where the store lies: disk or memory. */
    public static final long STORAGE_FULL = -6;

    /** Within: the bound is reached. */
    private static final long OVER_BOUND = -7;

    /** An append of another thread is over within this many looks, unless that thread was descheduled or is a claim. */
    private static final int BUSY_SPINS = 200;

    private static final VarHandle LAST_SEQUENCE;
    private static final VarHandle NEXT_SEQUENCE;
    private static final VarHandle BOUND;

    static {
        try {
            final MethodHandles.Lookup lookup = MethodHandles.lookup();
            LAST_SEQUENCE = lookup.findVarHandle(OpenStore.class, "lastSequence", long.class);
            NEXT_SEQUENCE = lookup.findVarHandle(OpenStore.class, "nextSequence", long.class);
            BOUND = lookup.findVarHandle(OpenStore.class, "bound", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Journal journal;
    private final SharedAppender appender;
    private final long incarnation;
    private final StoreOrigin origin;
    private final StoreKeeping keeping;
    private final StoreLimits limits;
    private final int storeMaxFrame;
    private final RoomGate room = new RoomGate();
    private final ForceWaits forces;

    /** Guarded by the claim. */
    private final FrameChecksum checksum = new FrameChecksum();

    /** Written under the claim, by release and before the journal's tail; read anywhere, by acquire. */
    private long nextSequence;

    /** Guarded by the claim: a head that is known to have been reached, so that the journal's is seldom looked at. */
    private long knownHead;

    private volatile long bound;
    private volatile long lastSequence;
    private volatile int maxFrame;
    private volatile boolean closed;
    private volatile Sender sender;
    private volatile Runnable closer = () -> {};

    /**
     * A store in memory, over an empty journal.
     *
     * @param maxFrame longest frame to take, in bytes; a server may lower it.
     */
    public OpenStore(Journal journal, long incarnation, int maxFrame) {
        this(journal, incarnation, StoreOrigin.NEW, StoreKeeping.MEMORY, StoreLimits.ofJournal(maxFrame));
    }

    /**
     * A store over a journal that may hold commands.
     *
     * @param origin how far the journal has come.
     */
    public OpenStore(Journal journal, long incarnation, StoreOrigin origin, StoreKeeping keeping, StoreLimits limits) {
        this.journal = journal;
        this.appender = new SharedAppender(journal);
        this.incarnation = incarnation;
        this.origin = origin;
        this.keeping = keeping;
        this.limits = limits;
        this.forces = new ForceWaits(journal);
        this.nextSequence = origin.nextSequence();
        this.lastSequence = origin.nextSequence() - 1;
        this.storeMaxFrame = Math.min(limits.maxFrame(), journal.config().segmentLength());
        this.maxFrame = storeMaxFrame;
        this.bound = limits.bound();
    }

    @Override
    public long incarnation() {
        return incarnation;
    }

    @Override
    public Journal journal() {
        return journal;
    }

    @Override
    public StoreOrigin origin() {
        return origin;
    }

    @Override
    public long lastSequence() {
        return lastSequence;
    }

    @Override
    public long nextSequence() {
        return (long) NEXT_SEQUENCE.getAcquire(this);
    }

    @Override
    public long sendable() {
        return keeping == StoreKeeping.SYNCED ? journal.forced() : Long.MAX_VALUE;
    }

    /**
     * The last sequence whose frame anybody may have seen. A message can be delivered, and its subscriber can have told
     * the world, before its publisher has got to making {@link #lastSequence()} known: a flush must wait for that, too.
     */
    public long lastCommitted() {
        return nextSequence() - 1;
    }

    /**
     * Claims room for one message and writes all of it before the body.
     *
     * @return its sequence, or a negative constant, with which nothing is held.
     */
    public long begin(MessagePrefix prefix, int bodyLength) {
        if (closed) {
            return CLOSED;
        }
        if (bodyLength > maxFrame() - prefix.bodyOffset()) {
            return TOO_LARGE;
        }
        final int frameLength = prefix.frameLength(bodyLength);
        long position = claim(frameLength);
        while (position == OVER_BOUND && grow()) {
            position = claim(frameLength);
        }
        if (position < 0) {
            return position == OVER_BOUND ? BACK_PRESSURED : position;
        }
        prefix.put(appender.claimBuffer(), appender.claimOffset());
        return nextSequence;
    }

    /** The memory of the claim; valid until commit or abort. */
    public MutableDirectBuffer buffer() {
        return appender.claimBuffer();
    }

    /** Where in {@link #buffer()} the frame begins; valid until commit or abort. */
    public int frameOffset() {
        return appender.claimOffset();
    }

    /**
     * Ends the message: it will be sent. A synced store waits until the disk has it.
     *
     * @param bodyLength bytes of the body, at most those begun with.
     * @return its sequence.
     * @throws TautwireException JOURNAL_FAILED if the disk failed a synced store meanwhile: the message is not sent
     *                           now, but may have been kept, and is sent then when the store is opened again.
     */
    public long commit(MessagePrefix prefix, int bodyLength) {
        final long sequence = nextSequence;
        prefix.finish(appender.claimBuffer(), appender.claimOffset(), sequence, bodyLength, checksum);
        NEXT_SEQUENCE.setRelease(this, sequence + 1);
        switch (keeping) {
            case SYNCED -> commitSynced(prefix.frameLength(bodyLength), sequence);
            case WRITTEN -> appender.commitAndForce(prefix.frameLength(bodyLength)); // in the background, now and then
            default -> appender.commit(prefix.frameLength(bodyLength));
        }
        publish(sequence);
        return sequence;
    }

    /** Gives the claim up: the sequence goes to the next message. */
    public void abort() {
        appender.abort();
        room.signal();
    }

    /** Where publishers wait for room. */
    RoomGate room() {
        return room;
    }

    /** Room has been freed by outcomes. */
    public void onRoom() {
        room.signal();
    }

    /** The journal's storage has done something, or failed. Any thread. */
    public void onStorageProgress() {
        forces.wake();
        if (journal.prepareFailure() == null) {
            room.signal(); // or those who wait would ask a full disk again at once, and again
        }
    }

    /** The server's limit, from now on; the store's own stays. */
    public void serverMaxFrame(int serverMaxFrame) {
        maxFrame = Math.min(storeMaxFrame, serverMaxFrame);
    }

    /**
     * Bounds what is stored to so many bytes, from now on; the journal's own bound stays. A frame may have half of
     * them. What is stored already stays stored.
     */
    public void bound(long bytes) {
        bound = bytes;
        room.signal();
    }

    /** The bound in bytes. */
    public long bound() {
        return Math.min(bound, maxBound());
    }

    /** The highest bound that has an effect, in bytes: what the journal takes. */
    public long maxBound() {
        final JournalConfig config = journal.config();
        return (long) config.segmentLength() * config.maxSegments();
    }

    /** Longest frame that is taken, in bytes: half of what the store may hold, at most. */
    public int maxFrame() {
        return (int) Math.min(maxFrame, Math.max(bound, limits.growTo()) >> 1);
    }

    /** What becomes of the commands when things end. */
    public StoreKeeping keeping() {
        return keeping;
    }

    /** Commits are told to this sender from now on; null for none. */
    public void sender(Sender to) {
        sender = to;
    }

    /** Whether {@link #close()} was called. */
    public boolean isClosed() {
        return closed;
    }

    /** Refuses all publishing and wakes who waits. What is stored stays readable to cursors. Idempotent. */
    @Override
    public void close() {
        closed = true;
        room.signal();
    }

    /** After {@link #close()}: whether no publisher is in the middle of an append, nor ever will be again. */
    public boolean isQuiet() {
        return closed && appender.seal();
    }

    /** Closes what it lies in, when {@link #letGo} is called. */
    void closer(Runnable toRun) {
        closer = toRun;
    }

    /**
     * Closes what it lies in, in order. It {@linkplain #isQuiet is quiet}, and no session uses it any more.
     *
     * @throws TautwireException JOURNAL_FAILED if something could not be kept.
     */
    public void letGo() {
        closer.run();
    }

    private void commitSynced(int frameLength, long sequence) {
        final long end = appender.commitAndForce(frameLength);
        forces.await(end);
        if (journal.forced() < end) {
            final TautwireException failure = journal.failure();
            throw new TautwireException(
                    failure.code(),
                    "sequence=" + sequence + " may not be on disk (" + failure.detail()
                            + "): it is not sent, unless it is found there when the store is opened again",
                    failure);
        }
    }

    /**
     * Makes the sequence known, after its frame. The appender is free already, so a later one may have been quicker:
     * the number only rises. Being a full fence, the exchange is also the publisher's half of the pair that
     * {@link Sender} describes; where a later sequence is there already, its publisher had the appender after this one
     * let go, and its exchange serves for both.
     */
    private void publish(long sequence) {
        long known = lastSequence;
        while (known < sequence && !LAST_SEQUENCE.compareAndSet(this, known, sequence)) {
            known = lastSequence;
        }
        final Sender to = sender;
        if (to != null) {
            to.onCommitted();
        }
        room.signalFenced(); // for those who found the appender busy
    }

    private long claim(int frameLength) {
        try {
            long position = appender.claim(frameLength);
            for (int i = 0; position == SharedAppender.BUSY && i < BUSY_SPINS; i++) {
                Thread.onSpinWait();
                position = appender.claim(frameLength);
            }
            if (position >= 0) {
                return isWithinBound(frameLength) ? position : giveBack();
            }
            return refusal(position);
        } catch (TautwireException e) {
            return e.code() == Code.CLOSED ? CLOSED : STORE_FAILED;
        }
    }

    private long refusal(long position) {
        if (position == SharedAppender.BUSY) {
            return BUSY;
        }
        if (position == Journal.TOO_LARGE) {
            return TOO_LARGE;
        }
        return position == Journal.FULL && journal.prepareFailure() != null ? STORAGE_FULL : BACK_PRESSURED;
    }

    /** What is stored, padding between frames included, and this frame. The caller holds the appender. */
    private boolean isWithinBound(int frameLength) {
        final long end = journal.tail() + FrameDescriptor.aligned(frameLength);
        if (end - knownHead > bound) {
            knownHead = journal.head();
        }
        return end - knownHead <= bound;
    }

    private long giveBack() {
        appender.abort();
        return OVER_BOUND;
    }

    /** Doubles the bound where it may grow; whether it is worth trying again. */
    private boolean grow() {
        final long from = bound;
        if (from >= limits.growTo()) {
            return false;
        }
        final long to = Math.min(2 * from, limits.growTo());
        if (BOUND.compareAndSet(this, from, to)) {
            limits.growth().onGrown(from, to);
            room.signal();
        }
        return true;
    }
}
