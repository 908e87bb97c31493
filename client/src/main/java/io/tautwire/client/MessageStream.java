package io.tautwire.client;

import io.tautwire.client.internal.ReceiveThread;
import io.tautwire.client.internal.StreamBuffer;
import io.tautwire.client.internal.SubscriptionLink;
import io.tautwire.client.internal.Waits;
import io.tautwire.client.internal.core.bookmark.Receipt;
import io.tautwire.codec.Bookmark;
import io.tautwire.codec.MessageView;
import io.tautwire.codec.sbe.Code;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Messages of one subscription, taken one after the other by the caller's thread, one thread at a time.
 *
 * <pre>{@code
 * try (MessageStream trades = client.stream("trades/#")) {
 *     for (Message trade : trades) { ... }
 * }
 * }</pre>
 *
 * <p>Bounded: at most {@link StreamConfig#windowBytes} wait here, and one message more; while the caller takes none,
 * the server holds the others back, and they cost nobody memory. A message is valid until the next one is asked for.
 * The stream outlives a session that is lost, as {@link Subscription} does. It ends when it is closed, or when no
 * session follows any more, then after the messages that have arrived: {@link #endCode()} tells why.
 */
public final class MessageStream implements Iterable<Message>, AutoCloseable {
    private final String pattern;
    private final SubscriptionLink link;
    private final StreamBuffer buffer;
    private final StreamBinding binding;
    private final BookmarkKeeper keeper;
    private final ReceiveThread receiveThread;
    private final Message message = new Message();
    private final long timeoutNs;
    private boolean timedOut;
    private volatile boolean closed;

    MessageStream(
            String pattern,
            SubscriptionLink link,
            StreamBuffer buffer,
            StreamBinding binding,
            BookmarkKeeper keeper,
            ReceiveThread receiveThread,
            Duration timeout) {
        this.pattern = pattern;
        this.link = link;
        this.buffer = buffer;
        this.binding = binding;
        this.keeper = keeper;
        this.receiveThread = receiveThread;
        this.timeoutNs = timeout.isZero() ? Waits.FOREVER : Waits.nanos(timeout);
    }

    /** The topic pattern. */
    public String pattern() {
        return pattern;
    }

    /**
     * Takes the next message; waits for one as long as {@link StreamConfig#timeout} says.
     *
     * @return the message, valid until the next one is asked for; null when none came in time ({@link #timedOut()}) or
     *     the stream has ended.
     * @throws io.tautwire.TautwireException INTERRUPTED; WOULD_DEADLOCK on the receive thread.
     */
    public Message next() {
        return take(timeoutNs);
    }

    /**
     * As {@link #next()}, with another bound.
     *
     * @param timeout zero does not wait at all.
     */
    public Message poll(Duration timeout) {
        return take(Waits.nanos(timeout));
    }

    /** Whether the last attempt to take a message ended because none came in time. */
    public boolean timedOut() {
        return timedOut;
    }

    /** Why no more messages come: OK after close, else the code of the last session's end; null while they may. */
    public Code endCode() {
        return closed ? Code.OK : binding.endCode();
    }

    /** Text to {@link #endCode()}; may be empty. */
    public String endReason() {
        return binding.endReason();
    }

    /** Messages received, those that still wait here included. Any thread. */
    public long received() {
        return link.received();
    }

    /** As {@link Subscription#isLive()}. Any thread. */
    public boolean isLive() {
        return link.isLive();
    }

    /** As {@link Subscription#discard}. Any thread. */
    public boolean discard(Bookmark bookmark) {
        return BookmarkKeeper.require(keeper).discard(bookmark);
    }

    /** As {@link Subscription#lagBytes()}. Any thread. */
    public long lagBytes() {
        return link.lagBytes();
    }

    /**
     * Iterates over the messages to come, always the same {@link Message} object. Ends when the stream has ended, or
     * when no message came within {@link StreamConfig#timeout}; in that case another iterator goes on where it left
     * off.
     */
    @Override
    public Iterator<Message> iterator() {
        return new Messages();
    }

    /** Unsubscribes, drops what has not been taken, and wakes a thread that waits here. Any thread; idempotent. */
    @Override
    public void close() {
        closed = true;
        buffer.discard();
        try {
            link.close();
        } finally {
            BookmarkKeeper.end(keeper);
        }
    }

    private Message take(long boundNs) {
        receiveThread.checkMayWait("MessageStream.next", "subscribe with a handler");
        MessageView view = buffer.take(boundNs);
        while (view != null && keeper != null && !note(view)) {
            view = buffer.take(boundNs);
        }
        timedOut = view == null && !buffer.isOver();
        if (view != null) {
            return message.from(buffer.journalId(), buffer.epoch()).wrap(view, link.id(), buffer.isRendered());
        }
        if (!timedOut) {
            BookmarkKeeper.end(keeper);
        }
        return null;
    }

    /** Notes a message in the bookmark store before it is handed out; false if it is not to be. */
    private boolean note(MessageView view) {
        if (buffer.isOfAnotherSession()) {
            keeper.subscribed(buffer.journalId(), buffer.epoch(), buffer.begin());
        }
        final Receipt receipt = keeper.received(view.position(), buffer.alignedBytes());
        if (receipt == Receipt.KNOWN) {
            keeper.dropped(buffer.alignedBytes());
            return false;
        }
        message.keptBy(keeper, receipt == Receipt.REPEATED);
        return true;
    }

    private final class Messages implements Iterator<Message> {
        private Message ahead;

        @Override
        public boolean hasNext() {
            if (ahead == null) {
                ahead = MessageStream.this.next();
            }
            return ahead != null;
        }

        @Override
        public Message next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the stream has ended or no message came in time");
            }
            final Message taken = ahead;
            ahead = null;
            return taken;
        }
    }
}
