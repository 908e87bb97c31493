package io.tautwire.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tautwire.TautwireException;
import io.tautwire.codec.Bookmark;
import io.tautwire.codec.HeadersView;
import io.tautwire.codec.MessageView;
import org.agrona.DirectBuffer;

/**
 * One message, seen where it lies: a flyweight that allocates only where it returns text or a copy. For the thread it
 * was given to, and only as long as whoever gave it says.
 */
public final class Message {
    private final HeadersView headers = new HeadersView();
    private long journalId;
    private int epoch;
    private MessageView view;
    private long subscriptionId;
    private boolean isRendered;
    private boolean isPossiblyRepeated;

    /** Null unless its subscription has a name. */
    private BookmarkKeeper keeper;

    /** From now on it is wrapped around messages of this journal. */
    Message from(long messagesJournalId, int messagesEpoch) {
        journalId = messagesJournalId;
        epoch = messagesEpoch;
        return this;
    }

    /** Which named subscription its messages are of, and whether this one may have come before. */
    Message keptBy(BookmarkKeeper subscription, boolean isRepeated) {
        keeper = subscription;
        isPossiblyRepeated = isRepeated;
        return this;
    }

    Message wrap(MessageView view, long subscriptionId, boolean isRendered) {
        this.view = view;
        this.subscriptionId = subscriptionId;
        this.isRendered = isRendered;
        return this;
    }

    /** The topic. Allocates. */
    public String topic() {
        return view.topic();
    }

    /** Where the topic's bytes begin in {@link #body()}'s buffer. */
    public int topicOffset() {
        return view.topicOffset();
    }

    /** Bytes of the topic. */
    public int topicLength() {
        return view.topicLength();
    }

    /** The buffer that holds the body, from {@link #bodyOffset()} on. Read only; valid as long as this message. */
    public DirectBuffer body() {
        return view.buffer();
    }

    /** Where the body begins in {@link #body()}. */
    public int bodyOffset() {
        return view.bodyOffset();
    }

    /** Bytes of the body. */
    public int bodyLength() {
        return view.bodyLength();
    }

    /** The body read as UTF-8, malformed bytes replaced. Allocates. */
    public String bodyText() {
        return new String(bodyBytes(), UTF_8);
    }

    /** A copy of the body. Allocates. */
    public byte[] bodyBytes() {
        return copy(view.bodyOffset(), view.bodyLength());
    }

    /**
     * Whether the server made the body readable, as option {@code pretty} of the connection string asks for: then it is
     * not what was published, and was covered by a checksum of the server's on its way here, not by the publisher's.
     */
    public boolean isRendered() {
        return isRendered;
    }

    /** When the server appended it, in nanoseconds since the epoch; zero for a message that was given back. */
    public long timestampNs() {
        return view.timestamp();
    }

    /** Where it is in the server's journal: a byte offset; zero for a message that was given back. */
    public long position() {
        return view.position();
    }

    /** Where a later subscription can resume, behind this message. Allocates. */
    public Bookmark bookmark() {
        return new Bookmark(journalId, epoch, view.position());
    }

    /**
     * Whether this message, or one like it, may have been handed to this subscription before: it was received and not
     * discarded when the program ended, or its {@link BookmarkStore} cannot tell. Never for a subscription without a
     * name.
     */
    public boolean isPossiblyRepeated() {
        return isPossiblyRepeated;
    }

    /**
     * Says that the application is done with it: it does not come again, and its room in the window is free. Allocates
     * nothing. Elsewhere than where this message is valid, {@link Subscription#discard} and
     * {@link MessageStream#discard} do the same by its bookmark.
     *
     * @throws TautwireException CONFIGURATION_INVALID for a subscription without a name; STORAGE_FULL, JOURNAL_FAILED
     *                           or CLOSED from the bookmark store, and then it is not discarded.
     */
    public void discard() {
        BookmarkKeeper.require(keeper).discard(journalId, epoch, view.position());
    }

    /** Its number among all that its publisher's store ever sent. */
    public long sequence() {
        return view.sequence();
    }

    /** Random id of its publisher's store. */
    public long incarnation() {
        return view.incarnation();
    }

    /** Name of the client that published it. Allocates. */
    public String clientName() {
        return view.clientName();
    }

    /** What an answer should carry, a copy; empty when there is none. Allocates. */
    public byte[] correlationId() {
        return copy(view.correlationIdOffset(), view.correlationIdLength());
    }

    /** The topic for an answer; empty when there is none. Allocates. */
    public String replyTo() {
        return view.replyTo();
    }

    /** The headers, before the first pair; the same view each time, valid as long as this message. */
    public HeadersView headers() {
        return headers.wrap(view.buffer(), view.headersOffset(), view.headersLength());
    }

    /** Id of the subscription that it was delivered to; zero when there is none. */
    public long subscriptionId() {
        return subscriptionId;
    }

    private byte[] copy(int offset, int length) {
        final byte[] bytes = new byte[length];
        view.buffer().getBytes(offset, bytes);
        return bytes;
    }
}
