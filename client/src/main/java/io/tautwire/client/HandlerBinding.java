package io.tautwire.client;

import io.tautwire.TautwireException;
import io.tautwire.client.internal.SubscriptionLink;
import io.tautwire.client.internal.core.SubscriptionListener;
import io.tautwire.codec.MessageView;
import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.NoticeKind;
import java.util.concurrent.CompletableFuture;

/** Binds a user's handler to its subscription. Delivery allocates nothing. */
final class HandlerBinding implements SubscriptionListener {
    private final CompletableFuture<Subscription> confirmed = new CompletableFuture<>();
    private final String pattern;
    private final SubscriptionLink link;
    private final MessageHandler handler;
    private final Message message;
    private final Faults faults;

    HandlerBinding(String pattern, SubscriptionLink link, MessageHandler handler, Message message, Faults faults) {
        this.pattern = pattern;
        this.link = link;
        this.handler = handler;
        this.message = message;
        this.faults = faults;
    }

    /** Completes when the server has confirmed, exceptionally when it refused or the session ended before. */
    CompletableFuture<Subscription> confirmed() {
        return confirmed;
    }

    SubscriptionLink link() {
        return link;
    }

    @Override
    public void onSubscribed(long position) {
        confirmed.complete(new Subscription(pattern, link));
    }

    @Override
    public long onMessage(MessageView view, int alignedBytes, boolean isRendered) {
        try {
            handler.onMessage(message.wrap(view, link.id(), isRendered));
        } catch (Throwable t) {
            faults.report("message handler", t);
        }
        return alignedBytes;
    }

    @Override
    public void onNotice(int kind, long fromPosition, long toPosition, String detail) {
        faults.report("subscription", notice(pattern, kind, fromPosition, toPosition, detail));
    }

    @Override
    public void onEnded(Code code, String reason) {
        link.onEnded();
        confirmed.completeExceptionally(refusal(pattern, code, reason));
    }

    static TautwireException notice(String pattern, int kind, long fromPosition, long toPosition, String detail) {
        final boolean isGap = kind == NoticeKind.GAP.value();
        return new TautwireException(
                isGap ? Code.MESSAGE_GAP : Code.SBE_UNKNOWN,
                "pattern=" + pattern + " fromPosition=" + fromPosition + " toPosition=" + toPosition
                        + (isGap
                                ? " were gone before they could be delivered; read faster, or give the server a larger"
                                        + " journal"
                                : " are what the server gives notice of, of a kind=" + kind
                                        + " unknown here; a newer client knows it")
                        + (detail.isEmpty() ? "" : ": " + detail));
    }

    static TautwireException refusal(String pattern, Code code, String reason) {
        return new TautwireException(code == Code.OK ? Code.CLOSED : code, "pattern=" + pattern + ": " + reason);
    }
}
