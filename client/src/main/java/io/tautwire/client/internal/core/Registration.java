package io.tautwire.client.internal.core;

import io.tautwire.codec.MessageView;
import io.tautwire.codec.ProtocolException;
import io.tautwire.codec.sbe.Code;

/**
 * One subscription, over all sessions: what it still has to say to the server, its credit, and where it goes on in the
 * next session. Stepped by one thread at a time; the counters may be read by any.
 */
public final class Registration {
    private final long id;
    private final Interest interest;
    private final SubscriptionListener listener;
    private final ResumePoint resume;
    private final SeenSequences seen = new SeenSequences();
    private final Published received = new Published();
    private final Published lagBytes = new Published();

    private boolean subscribeOwed;
    private boolean unsubscribeOwed;

    /** Below zero when more is held here than the credit of the session covers: that is not given back. */
    private long creditOwed;

    private long creditLeft;

    /** The journal that it left behind, until the server has confirmed, and the user been told. */
    private Start lost;

    /** Kept by {@link Subscriptions}: whether this stands in one of its lists. */
    boolean isOwing;

    boolean isTouched;

    Registration(long id, Interest interest, SubscriptionListener listener) {
        this.id = id;
        this.interest = interest;
        this.resume = new ResumePoint(interest.start());
        this.creditLeft = interest.windowBytes();
        this.listener = listener;
    }

    /** Its id, the same in all sessions. */
    public long id() {
        return id;
    }

    /** Messages received; any thread. */
    public long received() {
        return received.get();
    }

    /** Bytes of the server's journal behind the last message received, as of its envelope; any thread. */
    public long lagBytes() {
        return lagBytes.get();
    }

    SubscriptionListener listener() {
        return listener;
    }

    Interest interest() {
        return interest;
    }

    ResumePoint resume() {
        return resume;
    }

    /** What the server may send at first, in bytes: the window without what waits here to be taken. */
    long firstCredit() {
        return creditLeft;
    }

    /** A session begins, with a server of this journal: subscribes there. */
    void begin(long journalId) {
        subscribeOwed = true;
        unsubscribeOwed = false;
        final long free = creditLeft + creditOwed;
        creditLeft = Math.max(0, free);
        creditOwed = Math.min(0, free);
        if (resume.isKnown() && resume.journalId() != journalId) {
            if (lost == null) {
                lost = Start.after(resume.journalId(), resume.epoch(), resume.position(), resume.notFound());
            }
            resume.forget();
        }
    }

    /** The server has confirmed. */
    void confirmed(long journalId, int epoch, long position) {
        if (!resume.isKnown()) {
            resume.at(journalId, epoch, position);
        }
        listener.onSubscribed(journalId, epoch, position);
        if (lost != null) {
            final Start left = lost;
            lost = null;
            listener.onOtherJournal(left.journalId(), left.epoch(), left.position());
        }
    }

    /** What lies before this position was delivered, or was told to be gone. */
    void passed(long journalId, int epoch, long position) {
        resume.at(journalId, epoch, position);
    }

    /**
     * Takes the credit of one message, and gives it to the listener unless it came before.
     *
     * @return whether it is new.
     */
    boolean deliver(MessageView message, int alignedBytes, boolean isRendered, long tail, long journalId, int epoch) {
        if (creditLeft <= 0) {
            throw new ProtocolException(Code.PROTOCOL_ERROR, "delivery beyond the credit of subscriptionId=" + id);
        }
        final long incarnation = message.incarnation();
        final long sequence = message.sequence();
        final long position = message.position();
        creditLeft -= alignedBytes;
        lagBytes.set(Math.max(0, tail - position - alignedBytes)); // rendered, it may be longer than published
        final boolean isNew = !seen.isSeen(incarnation, sequence);
        if (isNew) {
            received.add(1);
            creditOwed += listener.onMessage(message, alignedBytes, isRendered);
            seen.add(incarnation, sequence);
        } else {
            creditOwed += alignedBytes;
        }
        resume.after(journalId, epoch, position); // not before: a listener that fails did not get it
        return isNew;
    }

    boolean isCreditUsedUp() {
        return creditLeft <= 0;
    }

    /** The listener is done with so many bytes. */
    void consumed(long bytes) {
        creditOwed += bytes;
    }

    /** No more messages are wanted. */
    void unsubscribe() {
        unsubscribeOwed = true;
    }

    /** Whether there is something to say; credit is given back by halves of the window, not message by message. */
    boolean owes() {
        return subscribeOwed || unsubscribeOwed || creditOwed * 2 >= interest.windowBytes();
    }

    /** Says what is owed; false if there was no room for all of it. */
    boolean write(ControlFrames control) {
        if (subscribeOwed) {
            if (!control.subscribe(this)) {
                return false;
            }
            subscribeOwed = false;
        }
        if (unsubscribeOwed) {
            unsubscribeOwed = !control.unsubscribe(id);
            return !unsubscribeOwed;
        }
        if (creditOwed > 0 && owes()) {
            if (!control.credit(id, creditOwed)) {
                return false;
            }
            creditLeft += creditOwed;
            creditOwed = 0;
        }
        return true;
    }

    void publishCounters() {
        received.publish();
        lagBytes.publish();
    }
}
