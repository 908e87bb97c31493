package io.tautwire.client;

import io.tautwire.TautwireException;
import io.tautwire.client.internal.StreamBuffer;
import io.tautwire.client.internal.SubscriptionLink;
import io.tautwire.client.internal.core.SubscriptionListener;
import io.tautwire.codec.Bookmark;
import io.tautwire.codec.MessageView;
import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.NoticeKind;
import java.util.concurrent.CompletableFuture;

/** Binds a stream to its subscription: copies messages into its buffer, and remembers why they ended. */
final class StreamBinding implements SubscriptionListener {
    private final CompletableFuture<Void> confirmed = new CompletableFuture<>();
    private final String pattern;
    private final SubscriptionLink link;
    private final StreamBuffer buffer;
    private final BookmarkKeeper keeper;
    private final Faults faults;
    private volatile Code endCode;
    private volatile String endReason = "";

    /** A binding; the keeper is null for a subscription without a name. */
    StreamBinding(String pattern, SubscriptionLink link, StreamBuffer buffer, BookmarkKeeper keeper, Faults faults) {
        this.pattern = pattern;
        this.link = link;
        this.buffer = buffer;
        this.keeper = keeper;
        this.faults = faults;
    }

    CompletableFuture<Void> confirmed() {
        return confirmed;
    }

    /** Why no more messages come; null while they may. */
    Code endCode() {
        return endCode;
    }

    String endReason() {
        return endReason;
    }

    @Override
    public void onSubscribed(long journalId, int epoch, long position) {
        buffer.from(journalId, epoch, position);
        link.onSubscribed();
        if (keeper != null && !confirmed.isDone()) { // later sessions' turn comes as their messages are taken
            keeper.subscribed(journalId, epoch, position);
        }
        confirmed.complete(null);
    }

    @Override
    public long onMessage(MessageView message, int alignedBytes, boolean isRendered) {
        buffer.append(message, isRendered);
        return 0; // given back when the message is taken, or discarded
    }

    @Override
    public void onNotice(int kind, long fromPosition, long toPosition, String detail) {
        if (kind == NoticeKind.LIVE.value()) {
            HandlerBinding.onLive(link, keeper, toPosition);
        } else {
            faults.report("subscription", HandlerBinding.notice(pattern, kind, fromPosition, toPosition, detail));
        }
    }

    @Override
    public void onOtherJournal(long lostJournalId, int lostEpoch, long lostPosition) {
        link.onLive(); // from now on
        faults.report(
                "subscription",
                HandlerBinding.otherJournal(pattern, new Bookmark(lostJournalId, lostEpoch, lostPosition)));
    }

    @Override
    public void onEnded(Code code, String reason) {
        final TautwireException failure = keeper == null ? null : keeper.failure();
        endReason = failure == null ? reason : failure.detail();
        endCode = failure == null ? code : failure.code();
        link.onEnded();
        buffer.end();
        confirmed.completeExceptionally(failure != null ? failure : HandlerBinding.refusal(pattern, code, reason));
    }
}
