package io.tautwire.client.internal;

import io.tautwire.client.internal.core.CommandStore;
import io.tautwire.client.internal.core.StoreOrigin;
import io.tautwire.codec.FrameChecksum;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.MessagePrefix;
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

    /** An append of another thread is over within this many looks, unless that thread was descheduled or is a claim. */
    private static final int BUSY_SPINS = 200;

    private static final VarHandle LAST_SEQUENCE;
    private static final VarHandle NEXT_SEQUENCE;

    static {
        try {
            LAST_SEQUENCE = MethodHandles.lookup().findVarHandle(OpenStore.class, "lastSequence", long.class);
            NEXT_SEQUENCE = MethodHandles.lookup().findVarHandle(OpenStore.class, "nextSequence", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Journal journal;
    private final SharedAppender appender;
    private final long incarnation;
    private final StoreOrigin origin;
    private final int storeMaxFrame;
    private final RoomGate room = new RoomGate();

    /** Guarded by the claim. */
    private final FrameChecksum checksum = new FrameChecksum();

    /** Written under the claim, by release and before the journal's tail; read anywhere, by acquire. */
    private long nextSequence;

    /** Guarded by the claim: a head that is known to have been reached, so that the journal's is seldom looked at. */
    private long knownHead;

    private volatile long bound = Long.MAX_VALUE;
    private volatile long lastSequence;
    private volatile int maxFrame;
    private volatile boolean closed;
    private volatile Sender sender;

    /**
     * A store over an empty journal.
     *
     * @param maxFrame longest frame to take, in bytes; a server may lower it.
     */
    public OpenStore(Journal journal, long incarnation, int maxFrame) {
        this(journal, incarnation, maxFrame, StoreOrigin.NEW);
    }

    /**
     * A store over a journal that may hold commands.
     *
     * @param maxFrame longest frame to take, in bytes; a server may lower it.
     * @param origin   how far the journal has come.
     */
    public OpenStore(Journal journal, long incarnation, int maxFrame, StoreOrigin origin) {
        this.journal = journal;
        this.appender = new SharedAppender(journal);
        this.incarnation = incarnation;
        this.origin = origin;
        this.nextSequence = origin.nextSequence();
        this.lastSequence = origin.nextSequence() - 1;
        this.storeMaxFrame = Math.min(maxFrame, journal.config().segmentLength());
        this.maxFrame = storeMaxFrame;
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
        final long position = claim(prefix.frameLength(bodyLength));
        if (position < 0) {
            return position;
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
     * Ends the message: it will be sent.
     *
     * @param bodyLength bytes of the body, at most those begun with.
     * @return its sequence.
     */
    public long commit(MessagePrefix prefix, int bodyLength) {
        final long sequence = nextSequence;
        prefix.finish(appender.claimBuffer(), appender.claimOffset(), sequence, bodyLength, checksum);
        NEXT_SEQUENCE.setRelease(this, sequence + 1);
        appender.commit(prefix.frameLength(bodyLength));
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

    /** Longest frame that is taken, in bytes. */
    public int maxFrame() {
        return (int) Math.min(maxFrame, bound >> 1);
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
        long position = appender.claim(frameLength);
        for (int i = 0; position == SharedAppender.BUSY && i < BUSY_SPINS; i++) {
            Thread.onSpinWait();
            position = appender.claim(frameLength);
        }
        if (position >= 0) {
            return isWithinBound(frameLength) ? position : giveBack();
        }
        if (position == SharedAppender.BUSY) {
            return BUSY;
        }
        return position == Journal.TOO_LARGE ? TOO_LARGE : BACK_PRESSURED;
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
        return BACK_PRESSURED;
    }
}
