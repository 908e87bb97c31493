package io.tautwire.client;

import io.tautwire.TautwireException;
import io.tautwire.client.internal.SubscriptionLink;
import io.tautwire.codec.Bookmark;

/**
 * A registered interest, until it is closed or the client's sessions are over. Any thread.
 *
 * <p>It outlives a session that is lost: in the next one it goes on behind the last message it had, and no message
 * comes twice. What the server no longer has by then is a MESSAGE_GAP, told to the {@link ErrorHandler}.
 */
public final class Subscription implements AutoCloseable {
    private final String pattern;
    private final SubscriptionLink link;
    private final BookmarkKeeper keeper;

    /** A subscription; the keeper is null without a name. */
    Subscription(String pattern, SubscriptionLink link, BookmarkKeeper keeper) {
        this.pattern = pattern;
        this.link = link;
        this.keeper = keeper;
    }

    /** Its id, the same in all sessions. */
    public long id() {
        return link.id();
    }

    /** The topic pattern. */
    public String pattern() {
        return pattern;
    }

    /** Whether messages may still come. */
    public boolean isActive() {
        return link.isActive();
    }

    /**
     * Whether it has caught up: it began live, or has been sent all that was there when it did. A lost session makes it
     * catch up again.
     */
    public boolean isLive() {
        return link.isLive();
    }

    /**
     * Says that the application is done with a message of this subscription, which must have a name. Any order, any
     * thread, also after the subscription has ended; on the receive thread {@link Message#discard} does it without
     * allocating.
     *
     * @param bookmark as the message told it, in this life of the program or an earlier one.
     * @return false if there is no such message that is not discarded.
     * @throws TautwireException as {@link Message#discard}.
     */
    public boolean discard(Bookmark bookmark) {
        return BookmarkKeeper.require(keeper).discard(bookmark);
    }

    /** Messages received. */
    public long received() {
        return link.received();
    }

    /**
     * How far it lags: bytes of the server's journal behind the last message received, those that do not match
     * included, as the server knew when it sent that message. After a rendered message, which may be longer than what
     * was published, it is less by so much, at least zero.
     */
    public long lagBytes() {
        return link.lagBytes();
    }

    /**
     * Unsubscribes. When this returns no call of the handler is under way or will come, unless this is called from a
     * handler, where it is true once that one returns. Idempotent.
     */
    @Override
    public void close() {
        link.close();
    }

    @Override
    public String toString() {
        return "subscription id=" + id() + " pattern=" + pattern;
    }
}
