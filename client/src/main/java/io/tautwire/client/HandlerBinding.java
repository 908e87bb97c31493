package io.tautwire.client;

import io.tautwire.TautwireException;
import io.tautwire.client.internal.SubscriptionLink;
import io.tautwire.client.internal.core.SubscriptionListener;
import io.tautwire.client.internal.core.bookmark.Receipt;
import io.tautwire.codec.Bookmark;
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
    private final Message message = new Message();
    private final BookmarkKeeper keeper;
    private final Faults faults;

    /** A binding; the keeper is null for a subscription without a name. */
    HandlerBinding(
            String pattern, SubscriptionLink link, MessageHandler handler, BookmarkKeeper keeper, Faults faults) {
        this.pattern = pattern;
        this.link = link;
        this.handler = handler;
        this.keeper = keeper;
        this.faults = faults;
    }

    /** Completes when the server has confirmed, exceptionally when it refused or the session ended before. */
    CompletableFuture<Subscription> confirmed() {
        return confirmed;
    }

    SubscriptionLink link() {
        return link;
    }

    BookmarkKeeper keeper() {
        return keeper;
    }

    @Override
    public void onSubscribed(long journalId, int epoch, long position) {
        message.from(journalId, epoch);
        link.onSubscribed();
        if (keeper != null) {
            keeper.subscribed(journalId, epoch, position);
        }
        confirmed.complete(new Subscription(pattern, link, keeper));
    }

    @Override
    public long onMessage(MessageView view, int alignedBytes, boolean isRendered) {
        if (keeper == null) {
            handle(view, isRendered);
            return alignedBytes;
        }
        final Receipt receipt = keeper.received(view.position(), alignedBytes);
        if (receipt == Receipt.KNOWN) {
            return alignedBytes;
        }
        message.keptBy(keeper, receipt == Receipt.REPEATED);
        handle(view, isRendered);
        return keeper.takeFreedBytes(0); // what was not discarded keeps its room in the window
    }

    private void handle(MessageView view, boolean isRendered) {
        try {
            handler.onMessage(message.wrap(view, link.id(), isRendered));
        } catch (Throwable t) {
            faults.report("message handler", t);
        }
    }

    @Override
    public void onNotice(int kind, long fromPosition, long toPosition, String detail) {
        if (kind == NoticeKind.LIVE.value()) {
            onLive(link, keeper, toPosition);
        } else {
            faults.report("subscription", notice(pattern, kind, fromPosition, toPosition, detail));
        }
    }

    @Override
    public void onOtherJournal(long lostJournalId, int lostEpoch, long lostPosition) {
        link.onLive(); // from now on
        faults.report("subscription", otherJournal(pattern, new Bookmark(lostJournalId, lostEpoch, lostPosition)));
    }

    @Override
    public void onRefused(Code code, String reason) {
        if (confirmed.isDone()) {
            faults.report("subscription", refusal(pattern, code, reason)); // nobody waits to be told
        }
        onEnded(code, reason);
    }

    @Override
    public void onEnded(Code code, String reason) {
        link.onEnded();
        final TautwireException failure = BookmarkKeeper.end(keeper);
        confirmed.completeExceptionally(failure != null ? failure : refusal(pattern, code, reason));
    }

    /** It has caught up. */
    static void onLive(SubscriptionLink link, BookmarkKeeper keeper, long position) {
        link.onLive();
        if (keeper != null) {
            keeper.live(position);
        }
    }

    static TautwireException notice(String pattern, int kind, long fromPosition, long toPosition, String detail) {
        final String where = "pattern=" + pattern + " fromPosition=" + fromPosition + " toPosition=" + toPosition;
        final String more = detail.isEmpty() ? "" : ": " + detail;
        if (kind == NoticeKind.GAP.value()) {
            return new TautwireException(
                    Code.MESSAGE_GAP,
                    where + " were gone before they could be delivered; read faster, or give the server a larger"
                            + " journal" + more);
        }
        if (kind == NoticeKind.EPOCH_END.value()) {
            return new TautwireException(
                    Code.BOOKMARK_UNKNOWN,
                    where + ": the server has lost the end of its journal, from toPosition on; what was delivered from"
                            + " there is held no more, unless its publisher sends it again" + more);
        }
        return new TautwireException(
                Code.SBE_UNKNOWN,
                where + " are what the server gives notice of, of a kind=" + kind
                        + " unknown here; a newer client knows it" + more);
    }

    static TautwireException otherJournal(String pattern, Bookmark lost) {
        return new TautwireException(
                Code.MESSAGE_GAP,
                "pattern=" + pattern + " bookmark=" + lost + ": the server of this session has another journal, without"
                        + " what that one held from there on; messages come from now on. Ask a server that holds it");
    }

    static TautwireException refusal(String pattern, Code code, String reason) {
        return new TautwireException(code == Code.OK ? Code.CLOSED : code, "pattern=" + pattern + ": " + reason);
    }
}
