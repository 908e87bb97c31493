package io.tautwire.server.internal.broker.delivery;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import io.tautwire.journal.JournalCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One session's subscriptions that are behind. They are fed from the lowest position up, so that those who meet at a
 * frame go on together and share its copy; but every other turn belongs to those nearest to the tail, whom a long
 * replay would keep waiting else. Whoever has no credit, or waits for a segment, waits where it stands and holds nobody
 * up.
 */
final class Backlog {
    private static final long NONE = Long.MAX_VALUE;

    /** Trying a pattern on a frame takes about as long as copying so many bytes. */
    private static final int PATTERN_COST = 64;

    private final Deliveries deliveries;
    private final CatchUp catchUp;
    private final Openings openings;
    private final Consumer<TautwireException> onFault;
    private final List<Subscription> behind = new ArrayList<>();
    private boolean isQueued;
    private boolean isWatching;
    private boolean isTurnOfTail;

    Backlog(Deliveries deliveries, CatchUp catchUp, Consumer<TautwireException> onFault) {
        this.deliveries = deliveries;
        this.catchUp = catchUp;
        this.openings = new Openings(deliveries, catchUp.locator());
        this.onFault = onFault;
    }

    Openings openings() {
        return openings;
    }

    void add(Subscription subscription) {
        behind.add(subscription);
        if (!subscription.mayBeLive()) {
            watch();
        }
    }

    void remove(Subscription subscription) {
        openings.remove(subscription);
        behind.remove(subscription);
    }

    void clear() {
        openings.clear();
        behind.clear();
    }

    /** There may be something to do: credit came, or room, or a subscription. */
    void wake() {
        if (!isQueued && (openings.hasWork() || hasWork())) {
            isQueued = true;
            catchUp.add(this);
        }
        if (openings.hasCold()) {
            watch();
        }
    }

    /**
     * The journal's storage has completed something: more may be durable, a segment may have come.
     *
     * @return whether this is to be told of the next time.
     */
    boolean onJournalProgress(BacklogReader reader) {
        openings.onSegments(reader);
        boolean isWaiting = openings.hasCold();
        for (int i = 0; i < behind.size(); i++) {
            final Subscription subscription = behind.get(i);
            if (subscription.isCold() && !reader.isCold(subscription.position())) {
                subscription.awaitSegment(false);
            }
            isWaiting |= subscription.isCold() || !subscription.mayBeLive();
        }
        isWatching = isWaiting;
        wake();
        return isWatching;
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
        int left = openings.step(budget);
        if (openings.hasCold()) {
            watch();
        }
        isTurnOfTail = !isTurnOfTail;
        boolean isBlocked = false;
        while (left > 0 && !isBlocked) {
            final long position = isTurnOfTail ? highest() : lowest();
            if (position == NONE) {
                break;
            }
            isBlocked = !advance(reader, position); // no room: what is written makes some, and wakes this
            left -= reader.frameBytes() + PATTERN_COST * behind.size() + deliveries.takeRenderingCost();
        }
        settle();
        if (openings.hasWork()) {
            return 0;
        }
        return isBlocked ? Math.max(1, left) : Math.max(0, left);
    }

    /** Bytes of the journal between the furthest behind and its tail. */
    long lagBytes(long tail) {
        long lag = 0;
        for (int i = 0; i < behind.size(); i++) {
            lag = Math.max(lag, tail - behind.get(i).position());
        }
        return lag;
    }

    /** Whether there was room for all that the place in the journal asks to be said. */
    private boolean advance(BacklogReader reader, long position) {
        switch (reader.read(position)) {
            case JournalCursor.FRAME:
                return feed(reader, position);
            case JournalCursor.LAPPED:
                return tellGaps(position, reader.lappedTo());
            case JournalCursor.COLD:
                awaitSegment(position);
                return true;
            default:
                throw new TautwireException(
                        Code.INTERNAL, "nothing to read at position=" + position + " though the tail is beyond");
        }
    }

    private boolean feed(BacklogReader reader, long from) {
        final Frame frame = reader.frame();
        final boolean fits = deliveries.fits(frame);
        int count = 0;
        for (int i = 0; i < behind.size(); i++) {
            final Subscription subscription = behind.get(i);
            if (isDue(subscription, from, frame)) {
                if (frame.end() > catchUp.limit(subscription)) {
                    subscription.standAt(frame.position()); // behind padding: the frame itself is not durable yet
                } else if (!reader.matches(subscription.pattern())) {
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
        if (count == 0) {
            return true;
        }
        reader.checkIntact();
        return give(frame, from, count);
    }

    private boolean give(Frame frame, long from, int count) {
        final int spent = deliveries.give(frame, count);
        if (spent == Deliveries.NO_ROOM) {
            return false;
        }
        for (int i = 0; i < behind.size(); i++) {
            final Subscription subscription = behind.get(i);
            if (isDue(subscription, from, frame) && frame.end() <= catchUp.limit(subscription)) {
                subscription.spend(spent);
                subscription.standAt(frame.end());
            }
        }
        return true;
    }

    /** Between where was read from and the frame there is at most padding. */
    private static boolean isDue(Subscription subscription, long from, Frame frame) {
        final long position = subscription.position();
        return position >= from && position <= frame.position() && isReading(subscription);
    }

    /** A segment that is not in memory has been asked for: whoever stands there waits, and nobody else. */
    private void awaitSegment(long position) {
        for (int i = 0; i < behind.size(); i++) {
            if (behind.get(i).position() == position) {
                behind.get(i).awaitSegment(true);
            }
        }
        watch();
    }

    private boolean tellGaps(long position, long resumesAt) {
        for (int i = 0; i < behind.size(); i++) {
            final Subscription subscription = behind.get(i);
            if (subscription.position() == position && isReading(subscription)) {
                if (!deliveries.tellGap(subscription.id(), position, resumesAt, "the journal has dropped them")) {
                    return false;
                }
                subscription.standAt(resumesAt);
            }
        }
        return true;
    }

    /** Who has caught up is told so, once, and is live from here on if it can be. */
    private void settle() {
        int at = 0;
        while (at < behind.size()) {
            final Subscription subscription = behind.get(at);
            if (isReading(subscription) && isCaughtUp(subscription)) {
                if (subscription.isReplaying() && !deliveries.tellLive(subscription)) {
                    return;
                }
                if (subscription.mayBeLive()) {
                    behind.remove(at).goLive();
                    continue;
                }
            }
            at++;
        }
    }

    private boolean hasWork() {
        for (int i = 0; i < behind.size(); i++) {
            final Subscription subscription = behind.get(i);
            if (isReading(subscription)
                    && (subscription.mayBeLive() || subscription.isReplaying() || !isCaughtUp(subscription))) {
                return true;
            }
        }
        return false;
    }

    private long lowest() {
        long lowest = NONE;
        for (int i = 0; i < behind.size(); i++) {
            final Subscription subscription = behind.get(i);
            if (isReading(subscription) && !isCaughtUp(subscription)) {
                lowest = Math.min(lowest, subscription.position());
            }
        }
        return lowest;
    }

    private long highest() {
        long highest = NONE;
        for (int i = 0; i < behind.size(); i++) {
            final Subscription subscription = behind.get(i);
            if (isReading(subscription) && !isCaughtUp(subscription)) {
                highest = highest == NONE ? subscription.position() : Math.max(highest, subscription.position());
            }
        }
        return highest;
    }

    private static boolean isReading(Subscription subscription) {
        return subscription.hasCredit() && !subscription.isCold();
    }

    private boolean isCaughtUp(Subscription subscription) {
        return subscription.position() >= catchUp.limit(subscription);
    }

    private void watch() {
        if (!isWatching) {
            isWatching = true;
            catchUp.watch(this);
        }
    }
}
