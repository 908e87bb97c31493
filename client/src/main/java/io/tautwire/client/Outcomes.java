package io.tautwire.client;

import io.tautwire.client.internal.FlushWaits;
import io.tautwire.client.internal.OpenStore;
import io.tautwire.client.internal.core.OutcomeListener;
import io.tautwire.codec.MessageView;
import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.codec.sbe.Code;

/** What outcomes set off: handlers first, then those who wait, so that a flush that returns has been heard of. */
final class Outcomes implements OutcomeListener {
    private final OpenStore store;
    private final FlushWaits flushes;
    private final Faults faults;
    private final Message original = new Message();
    private volatile AckListener ackListener;
    private volatile FailedPublishHandler failedPublishHandler;

    Outcomes(OpenStore store, FlushWaits flushes, Faults faults) {
        this.store = store;
        this.flushes = flushes;
        this.faults = faults;
    }

    void ackListener(AckListener listener) {
        ackListener = listener;
    }

    void failedPublishHandler(FailedPublishHandler handler) {
        failedPublishHandler = handler;
    }

    @Override
    public void onRefused(MessageView message, Code code, String reason) {
        final FailedPublishHandler handler = failedPublishHandler;
        if (handler == null) {
            return;
        }
        try {
            handler.onFailed(original.wrap(message, 0, false), code, reason);
        } catch (Throwable t) {
            faults.report("failed-publish handler", t);
        }
    }

    @Override
    public void onOutcome(long fromSequence, long toSequence, Code code, String reason, AckLevel level) {
        final AckListener listener = ackListener;
        if (listener != null) {
            try {
                listener.onAck(fromSequence, toSequence, code, reason, level);
            } catch (Throwable t) {
                faults.report("ack listener", t);
            }
        }
        store.onRoom();
        flushes.onOutcome(fromSequence, toSequence, code);
    }

    @Override
    public void onToldBefore(long fromSequence, long toSequence) {
        store.onRoom();
        flushes.onToldBefore(toSequence);
    }
}
