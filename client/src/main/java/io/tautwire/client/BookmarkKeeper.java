package io.tautwire.client;

import io.tautwire.TautwireException;
import io.tautwire.client.internal.SubscriptionLink;
import io.tautwire.client.internal.core.Start;
import io.tautwire.client.internal.core.bookmark.Place;
import io.tautwire.client.internal.core.bookmark.Receipt;
import io.tautwire.client.internal.core.bookmark.SubscriptionMarks;
import io.tautwire.codec.Bookmark;
import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.NotFound;

/**
 * One subscription and its marks in a bookmark store. Credit comes back as messages are discarded, so that the window
 * bounds what is undiscarded. A store that cannot note a message ends the subscription: what is handed out without a
 * note would come again without a mark.
 *
 * <p>Any thread discards; the rest is the thread's that hands messages out. Allocates nothing, but to hand credit over
 * from other threads.
 */
final class BookmarkKeeper {
    private final BookmarkStore store;
    private final SubscriptionMarks marks;
    private final SubscriptionLink link;
    private final long windowBytes;
    private final Faults faults;

    /** These are guarded by the store's lock. */
    private boolean isOver;

    private TautwireException failure;

    private BookmarkKeeper(
            BookmarkStore store, SubscriptionMarks marks, SubscriptionLink link, long windowBytes, Faults faults) {
        this.store = store;
        this.marks = marks;
        this.link = link;
        this.windowBytes = windowBytes;
        this.faults = faults;
    }

    /**
     * Takes a name up.
     *
     * @throws TautwireException as {@link BookmarkStore#take}; STORAGE_FULL, JOURNAL_FAILED.
     */
    static BookmarkKeeper begin(
            BookmarkStore store,
            String pattern,
            SubscribeOptions options,
            SubscriptionLink link,
            long windowBytes,
            Faults faults) {
        final SubscriptionMarks marks = store.take(options.name());
        try {
            synchronized (store.lock()) {
                store.checkOpen();
                marks.begin(pattern, options.from().isLast());
            }
            return new BookmarkKeeper(store, marks, link, windowBytes, faults);
        } catch (final RuntimeException e) {
            store.giveBack(marks);
            throw e;
        }
    }

    /**
     * The keeper of a subscription that has a name.
     *
     * @throws TautwireException CONFIGURATION_INVALID if there is none.
     */
    static BookmarkKeeper require(BookmarkKeeper keeper) {
        if (keeper == null) {
            throw new TautwireException(
                    Code.CONFIGURATION_INVALID,
                    "the subscription has no name, so nothing of it is kept that could be discarded; give"
                            + " SubscribeOptions a name");
        }
        return keeper;
    }

    /** Where the subscription goes on. */
    Start start(NotFound notFound) {
        synchronized (store.lock()) {
            final long place = marks.place();
            if (place == Place.NONE) {
                return Start.OLDEST;
            }
            final long position = Place.position(place);
            return Place.isAt(place)
                    ? Start.at(marks.journalId(), marks.placeEpoch(), position, notFound)
                    : Start.after(marks.journalId(), marks.placeEpoch(), position, notFound);
        }
    }

    /** A session subscribed. */
    void subscribed(long journalId, int epoch, long position) {
        try {
            synchronized (store.lock()) {
                if (isOver) {
                    return;
                }
                store.checkOpen();
                marks.subscribed(journalId, epoch, position);
                if (link.isLive()) {
                    marks.live(position);
                }
            }
            giveBack(1); // what was lost with its epoch
        } catch (final TautwireException e) {
            fail(e);
        }
    }

    /** It has caught up. */
    void live(long position) {
        try {
            synchronized (store.lock()) {
                if (!isOver) {
                    store.checkOpen();
                    marks.live(position);
                }
            }
        } catch (final TautwireException e) {
            fail(e);
        }
    }

    /** A message came; it is noted before anybody sees it. KNOWN when nobody is to see it any more. */
    Receipt received(long position, int alignedBytes) {
        try {
            synchronized (store.lock()) {
                if (isOver) {
                    return Receipt.KNOWN;
                }
                store.checkOpen();
                return marks.received(position, alignedBytes);
            }
        } catch (final TautwireException e) {
            fail(e);
            return Receipt.KNOWN;
        }
    }

    /** Discards a message by the bookmark that it told. */
    boolean discard(Bookmark bookmark) {
        return discard(bookmark.journalId(), bookmark.epoch(), bookmark.position());
    }

    /** Discards; gives credit back by halves of the window. */
    boolean discard(long journalId, int epoch, long position) {
        synchronized (store.lock()) {
            store.checkOpen();
            if (marks.journalId() != journalId || !marks.discard(epoch, position)) {
                return false;
            }
        }
        giveBack(windowBytes / 2);
        return true;
    }

    /** A message was dropped that nobody is to see. */
    void dropped(int alignedBytes) {
        synchronized (store.lock()) {
            marks.free(alignedBytes);
        }
        giveBack(windowBytes / 2);
    }

    private void giveBack(long least) {
        final long bytes = takeFreedBytes(least);
        if (bytes > 0) {
            link.consumed(bytes);
        }
    }

    /** Bytes of credit that are free again, if there are at least so many; else zero. */
    long takeFreedBytes(long least) {
        synchronized (store.lock()) {
            return isOver ? 0 : marks.takeFreedBytes(least);
        }
    }

    private void fail(TautwireException cause) {
        synchronized (store.lock()) {
            failure = cause;
            isOver = true;
            store.giveBack(marks);
        }
        faults.report("bookmark store", cause);
        link.abandon();
    }

    /** Why the store ended the subscription; null if it did not. */
    TautwireException failure() {
        synchronized (store.lock()) {
            return failure;
        }
    }

    /**
     * The subscription is over: others may have the name. Idempotent, and nothing for null.
     *
     * @return why the store ended it; null if it did not.
     */
    static TautwireException end(BookmarkKeeper keeper) {
        return keeper == null ? null : keeper.end();
    }

    private TautwireException end() {
        synchronized (store.lock()) {
            if (!isOver) {
                isOver = true;
                store.giveBack(marks);
            }
            return failure;
        }
    }
}
