package io.tautwire.client.internal;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import io.tautwire.transport.TransportLoop;

/** Knows which thread receives, so that nothing on it waits for what only it can bring about. */
public final class ReceiveThread {
    private final String clientName;
    private volatile TransportLoop loop;
    private volatile Reconnector reconnector;

    /** Before any connection: no thread receives. */
    public ReceiveThread(String clientName) {
        this.clientName = clientName;
    }

    /** Receiving is this loop's from now on. */
    void is(TransportLoop loop) {
        this.loop = loop;
    }

    /** While there is no session, whoever brings it back may not wait for it either. */
    void isBroughtBackBy(Reconnector who) {
        reconnector = who;
    }

    /** Whether the caller runs on it. */
    public boolean isCurrent() {
        final TransportLoop receiving = loop;
        return receiving != null && receiving.inLoop();
    }

    /** Whether nothing is received any more, nor will be. */
    public boolean hasEnded() {
        final TransportLoop receiving = loop;
        return receiving == null || receiving.hasEnded();
    }

    /**
     * Refuses a wait that could never end.
     *
     * @param call    what the caller wants to do.
     * @param instead the form that does not wait.
     * @throws TautwireException WOULD_DEADLOCK on the receive thread.
     */
    public void checkMayWait(String call, String instead) {
        final Reconnector bringing = reconnector;
        if (isCurrent() || bringing != null && bringing.isCurrent()) {
            throw new TautwireException(
                    Code.WOULD_DEADLOCK,
                    "client=" + clientName + " call=" + call + " would wait for the receive thread, which it runs on;"
                            + " use " + instead);
        }
    }
}
