package io.tautwire.server.internal.broker.delivery;

import io.tautwire.TautwireException;
import io.tautwire.journal.JournalCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One session's subscriptions that are behind. They are fed from the lowest position up, so that those who meet at a
 * frame go on together and share its copy; whoever has no credit waits where it stands and holds nobody up.
 */
final class Backlog {
    private static final long NONE = Long.MAX_VALUE;

    /** Trying a pattern on a frame takes about as long as copying so many bytes. */
    private static final int PATTERN_COST = 64;

    private final Deliveries deliveries;
    private final CatchUp catchUp;
    private final Consumer<TautwireException> onFault;
    private final List<Subscription> behind = new ArrayList<>();
    private boolean isQueued;

    Backlog(Deliveries deliveries, CatchUp catchUp, Consumer<TautwireException> onFault) {
        this.deliveries = deliveries;
        this.catchUp = catchUp;
        this.onFault = onFault;
    }

    void add(Subscription subscription) {
        behind.add(subscription);
    }

    void remove(Subscription subscription) {
        behind.remove(subscription);
    }

    void clear() {
        behind.clear();
    }

    /** There may be something to do: credit came, or room. */
    void wake() {
        if (!isQueued && lowest() != NONE) {
            isQueued = true;
            catchUp.add(this);
        }
    }

    /** The journal cannot be read: the session ends, rather than wait here for ever. */
    void fail(TautwireException fault) {
        onFault.accept(fault);
    }

    /** Taken from the queue. */
    void unqueued() {
        isQueued = false;
    }

    /**
     * Feeds the subscriptions for a bounded while.
     *
     * @param budget bytes to go through, about.
     * @return what is left of the budget: nothing when it ran out before the work did.
     */
    int step(BacklogReader reader, int budget) {
        int left = budget;
        while (left > 0) {
            final long position = lowest();
            if (position == NONE) {
                return left;
            }
            final int found = reader.read(position);
            if (found == JournalCursor.END) {
                goLive();
                return left;
            }
            final boolean isDone = found == JournalCursor.FRAME ? feed(reader) : tellGaps(position, reader.lappedTo());
            if (!isDone) {
                return left; // no room: what is written makes some, and wakes this
            }
            left -= reader.frameBytes() + PATTERN_COST * behind.size() + deliveries.takeRenderingCost();
        }
        return 0;
    }

    /** Bytes of the journal between the furthest behind and its tail. */
    long lagBytes(long tail) {
        long lag = 0;
        for (int i = 0; i < behind.size(); i++) {
            lag = Math.max(lag, tail - behind.get(i).position());
        }
        return lag;
    }

    private boolean feed(BacklogReader reader) {
        final Frame frame = reader.frame();
        final boolean fits = deliveries.fits(frame);
        int count = 0;
        for (int i = 0; i < behind.size(); i++) {
            final Subscription subscription = behind.get(i);
            if (isDue(subscription, frame)) {
                if (!reader.matches(subscription.pattern())) {
                    subscription.standAt(frame.end());
                } else if (fits) {
                    count = deliveries.addId(count, subscription);
                } else if (deliveries.tellTooLong(subscription.id(), frame)) {
                    subscription.standAt(frame.end());
                } else {
                    return false;
                }
            }
        }
        return count == 0 || give(frame, count);
    }

    private boolean give(Frame frame, int count) {
        final int spent = deliveries.give(frame, count);
        if (spent == Deliveries.NO_ROOM) {
            return false;
        }
        for (int i = 0; i < behind.size(); i++) {
            final Subscription subscription = behind.get(i);
            if (isDue(subscription, frame)) {
                subscription.spend(spent);
                subscription.standAt(frame.end());
            }
        }
        return true;
    }

    private static boolean isDue(Subscription subscription, Frame frame) {
        return subscription.position() <= frame.position() && subscription.hasCredit();
    }

    private boolean tellGaps(long position, long resumesAt) {
        for (int i = 0; i < behind.size(); i++) {
            final Subscription subscription = behind.get(i);
            if (subscription.position() == position && subscription.hasCredit()) {
                if (!deliveries.tellGap(subscription.id(), position, resumesAt, "the journal has dropped them")) {
                    return false;
                }
                subscription.standAt(resumesAt);
            }
        }
        return true;
    }

    private void goLive() {
        for (int i = behind.size() - 1; i >= 0; i--) {
            if (behind.get(i).hasCredit()) {
                behind.remove(i).goLive();
            }
        }
    }

    private long lowest() {
        long lowest = NONE;
        for (int i = 0; i < behind.size(); i++) {
            final Subscription subscription = behind.get(i);
            if (subscription.hasCredit()) {
                lowest = Math.min(lowest, subscription.position());
            }
        }
        return lowest;
    }
}
