package io.tautwire.client.internal.core;

import io.tautwire.codec.MessageView;
import io.tautwire.codec.sbe.Code;

/** What happens to one subscription, told on the thread that steps the session. Must not throw. */
public interface SubscriptionListener {
    /**
     * The server confirmed, once in each session: every matching message from this position on will be delivered that
     * was not delivered before.
     *
     * @param journalId random id of the server's journal.
     * @param epoch     of that journal, for positions of this session.
     */
    void onSubscribed(long journalId, int epoch, long position);

    /**
     * One message, which did not come before.
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
     * The server of this session has another journal than the one before: what that one held behind the last message
     * seen is not to be had here. The subscription goes on from now; {@link #onSubscribed} has told where that is.
     *
     * @param lostJournalId of the journal before.
     * @param lostEpoch     of the journal before.
     * @param lostPosition  in the journal before: everything before it was delivered.
     */
    void onOtherJournal(long lostJournalId, int lostEpoch, long lostPosition);

    /**
     * The server refused it, at first or in a later session: it is over, as {@link #onEnded} says.
     *
     * @param code the server's.
     */
    default void onRefused(Code code, String reason) {
        onEnded(code, reason);
    }

    /**
     * It is over, once: refused, unsubscribed, or its sessions are over.
     *
     * @param code OK when this side asked for it.
     */
    void onEnded(Code code, String reason);
}
