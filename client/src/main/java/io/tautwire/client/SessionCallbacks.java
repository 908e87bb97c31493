package io.tautwire.client;

import io.tautwire.TautwireException;
import io.tautwire.client.internal.core.SessionEvents;
import io.tautwire.client.internal.core.SessionInfo;
import io.tautwire.codec.MessageView;
import io.tautwire.codec.sbe.Code;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a session's events set off. */
final class SessionCallbacks implements SessionEvents {
    private static final Logger LOGGER = LoggerFactory.getLogger(Client.class);

    private final String clientName;
    private final Faults faults;
    private final ConnectionStates states;
    private final boolean failOnPublishGap;
    private final Message unclaimed = new Message();
    private long fullFrom;
    private volatile SessionInfo info;
    private volatile MessageHandler lastChanceHandler;
    private volatile SessionListener sessionListener;

    SessionCallbacks(String clientName, Faults faults, ConnectionStates states, boolean failOnPublishGap) {
        this.clientName = clientName;
        this.faults = faults;
        this.states = states;
        this.failOnPublishGap = failOnPublishGap;
    }

    void lastChanceHandler(MessageHandler handler) {
        lastChanceHandler = handler;
    }

    void sessionListener(SessionListener listener) {
        sessionListener = listener;
    }

    /** What the last server said at logon; null before the first logon. */
    SessionInfo info() {
        return info;
    }

    @Override
    public void onLoggedOn(SessionInfo accepted) {
        info = accepted;
        unclaimed.from(accepted.journalId(), accepted.epoch());
        LOGGER.info(
                "client={} logged on ackLevel={} messageType={}",
                clientName,
                accepted.ackLevel(),
                accepted.messageType());
        states.onLoggedOn();
    }

    @Override
    public boolean onPublishGap(long fromSequence, long toSequence) {
        if (failOnPublishGap) {
            return false;
        }
        faults.report(
                "publishing",
                new TautwireException(
                        Code.PUBLISH_GAP,
                        "client=" + clientName + " the server lacks sequences from=" + fromSequence + " to="
                                + toSequence
                                + ", which it had acknowledged; publish them again if you still have them"));
        return true;
    }

    @Override
    public void onStorageFull(long fromSequence, String reason) {
        if (fromSequence == fullFrom) {
            return; // it was sent again, and there is still no room
        }
        fullFrom = fromSequence;
        faults.report(
                "publishing",
                new TautwireException(
                        Code.STORAGE_FULL,
                        "client=" + clientName + " the server has no room for sequence=" + fromSequence
                                + " and those after it (" + reason
                                + "); they stay outstanding and are sent again: make room there"));
    }

    @Override
    public void onUnclaimed(MessageView message, boolean isRendered) {
        final MessageHandler handler = lastChanceHandler;
        if (handler == null) {
            return;
        }
        try {
            handler.onMessage(unclaimed.wrap(message, 0, isRendered));
        } catch (Throwable t) {
            faults.report("last-chance handler", t);
        }
    }

    @Override
    public void onEnded(Code code, String reason, Throwable cause) {
        if (code == Code.OK) {
            LOGGER.info("client={} session ended", clientName);
        } else {
            LOGGER.warn("client={} session ended code={} reason={}", clientName, code, reason, cause);
        }
        final SessionListener listener = sessionListener;
        if (listener == null) {
            return;
        }
        try {
            listener.onEnded(code, reason);
        } catch (Throwable t) {
            faults.report("session listener", t);
        }
    }
}
