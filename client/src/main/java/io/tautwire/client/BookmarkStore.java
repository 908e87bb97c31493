package io.tautwire.client;

import io.tautwire.TautwireException;
import io.tautwire.client.internal.BookmarkFile;
import io.tautwire.client.internal.core.bookmark.MarkTable;
import io.tautwire.client.internal.core.bookmark.SubscriptionMarks;
import io.tautwire.codec.Bookmark;
import io.tautwire.codec.sbe.Code;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Remembers for named subscriptions what they received, and what of that the application is done with: what it has
 * {@linkplain Message#discard() discarded}. A subscription that begins from {@link StartPoint#last()} goes on behind
 * the last message before which all are discarded; what was discarded out of order does not come again.
 *
 * <pre>{@code
 * try (BookmarkStore store = BookmarkStore.file(Path.of("orders.bookmarks"));
 *         Client client = new Client(new ClientConfig("booker").bookmarkStore(store))) { ... }
 * }</pre>
 *
 * <p>Bounded: {@value MarkTable#MAX_NAMES} names; and of each subscription so many messages that are not discarded as
 * fit its window, for only discarding lets the server send more. What is discarded behind a message that is not takes
 * no room.
 *
 * <p>Serves any number of clients at a time, each name for one subscription at a time. Whoever makes it closes it,
 * after the clients. Any thread.
 */
public final class BookmarkStore implements AutoCloseable {
    private final Object lock = new Object();
    private final String place;

    /** These are guarded by the lock. */
    private final MarkTable table;

    /** Null for a store in memory. */
    private final BookmarkFile file;

    private final Set<String> inUse = new HashSet<>();
    private boolean isClosed;

    private BookmarkStore(String place, MarkTable table, BookmarkFile file) {
        this.place = place;
        this.table = table;
        this.file = file;
    }

    /** An empty store that lives as long as this process. */
    public static BookmarkStore memory() {
        return new BookmarkStore("memory", new MarkTable(), null);
    }

    /**
     * A store in a directory, made if there is none. What is noted survives the death of the process at once, and that
     * of the machine as soon as the system has written it back: after that, messages may come again that were
     * discarded, and until a subscription is live all of its messages are marked as possibly repeated.
     *
     * @throws TautwireException JOURNAL_IN_USE, naming the holder, if it is open already, here or elsewhere;
     *                           JOURNAL_CORRUPT if it was damaged; STORAGE_FULL or JOURNAL_FAILED if it cannot be
     *                           written.
     */
    public static BookmarkStore file(Path directory) {
        final MarkTable table = new MarkTable();
        return new BookmarkStore(directory.toString(), table, BookmarkFile.open(directory, table));
    }

    /** The last message of this subscription's before which all are discarded, it included; null if there is none. */
    public Bookmark mostRecent(String name) {
        synchronized (lock) {
            final SubscriptionMarks marks = table.find(name);
            return marks == null ? null : marks.mostRecent();
        }
    }

    /** How many messages this subscription received that are not discarded; zero for an unknown name. */
    public int undiscarded(String name) {
        synchronized (lock) {
            final SubscriptionMarks marks = table.find(name);
            return marks == null ? 0 : marks.undiscardedCount();
        }
    }

    /** Closes the store: from now on nothing is noted, and subscriptions that use it end. Idempotent. */
    @Override
    public void close() {
        synchronized (lock) {
            isClosed = true;
            if (file != null) {
                file.close();
            }
        }
    }

    /** Guards the marks that {@link #take} gives. */
    Object lock() {
        return lock;
    }

    /**
     * Gives the marks of a name to one subscription, until {@link #giveBack}.
     *
     * @throws TautwireException NAME_IN_USE, LIMIT_REACHED, CLOSED.
     */
    SubscriptionMarks take(String name) {
        synchronized (lock) {
            checkOpen();
            if (inUse.contains(name)) {
                throw new TautwireException(
                        Code.NAME_IN_USE,
                        "subscription=" + name + " bookmarkStore=" + place
                                + " has another subscription of this name; close that one, or give this one its own");
            }
            final SubscriptionMarks marks = table.of(name);
            inUse.add(name);
            return marks;
        }
    }

    void giveBack(SubscriptionMarks marks) {
        synchronized (lock) {
            inUse.remove(marks.name());
        }
    }

    /** Under the lock. */
    void checkOpen() {
        if (isClosed) {
            throw new TautwireException(Code.CLOSED, "bookmarkStore=" + place + " is closed; open another");
        }
    }

    @Override
    public String toString() {
        return "bookmarkStore=" + place;
    }
}
