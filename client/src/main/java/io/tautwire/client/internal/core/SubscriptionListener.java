package io.tautwire.client.internal.core;

import io.tautwire.codec.MessageView;
import io.tautwire.codec.sbe.Code;

/** What happens to one subscription, told on the thread that steps the session. Must not throw. */
public interface SubscriptionListener {
    /** The server confirmed: every matching message from this position on will be delivered. */
    void onSubscribed(long position);

    /**
     * One message.
     *
     * @param message      valid during the call.
     * @param alignedBytes what it takes up of the credit.
     * @param isRendered   whether the server made its body readable, so that it is not what was published.
     * @return bytes of credit that are free again at once; the rest is given back by {@link ClientSession#consumed}.
     */
    long onMessage(MessageView message, int alignedBytes, boolean isRendered);

    /**
     * Something happened to the messages between two positions of the server's journal.
     *
     * @param kind   number of a {@link io.tautwire.codec.sbe.NoticeKind}, or one that this version does not know.
     * @param detail may be empty.
     */
    void onNotice(int kind, long fromPosition, long toPosition, String detail);

    /**
     * It is over, once: refused, unsubscribed, or its session ended.
     *
     * @param code OK when this side asked for it.
     */
    void onEnded(Code code, String reason);
}
