package io.tautwire.client;

import io.tautwire.client.internal.StreamBuffer;
import io.tautwire.client.internal.SubscriptionLink;
import io.tautwire.client.internal.core.SubscriptionListener;
import io.tautwire.codec.Bookmark;
import io.tautwire.codec.MessageView;
import io.tautwire.codec.sbe.Code;
import java.util.concurrent.CompletableFuture;

/** Binds a stream to its subscription: copies messages into its buffer, and remembers why they ended. */
final class StreamBinding implements SubscriptionListener {
    private final CompletableFuture<Void> confirmed = new CompletableFuture<>();
    private final String pattern;
    private final SubscriptionLink link;
    private final StreamBuffer buffer;
    private final Faults faults;
    private volatile Code endCode;
    private volatile String endReason = "";

    StreamBinding(String pattern, SubscriptionLink link, StreamBuffer buffer, Faults faults) {
        this.pattern = pattern;
        this.link = link;
        this.buffer = buffer;
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
        buffer.from(journalId, epoch);
        confirmed.complete(null);
    }

    @Override
    public long onMessage(MessageView message, int alignedBytes, boolean isRendered) {
        buffer.append(message, isRendered);
        return 0; // given back when the message is taken
    }

    @Override
    public void onNotice(int kind, long fromPosition, long toPosition, String detail) {
        HandlerBinding.report(faults, pattern, kind, fromPosition, toPosition, detail);
    }

    @Override
    public void onOtherJournal(long lostJournalId, int lostEpoch, long lostPosition) {
        faults.report(
                "subscription",
                HandlerBinding.otherJournal(pattern, new Bookmark(lostJournalId, lostEpoch, lostPosition)));
    }

    @Override
    public void onEnded(Code code, String reason) {
        endReason = reason;
        endCode = code;
        link.onEnded();
        buffer.end();
        confirmed.completeExceptionally(HandlerBinding.refusal(pattern, code, reason));
    }
}
