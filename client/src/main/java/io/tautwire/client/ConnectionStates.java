package io.tautwire.client;

import io.tautwire.client.internal.ConnectionEvents;
import io.tautwire.codec.sbe.Code;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** Tells the user's listener of each change, and of nothing once the client is closed. */
final class ConnectionStates implements ConnectionEvents {
    private final Faults faults;
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private final AtomicReference<ConnectionStateChange> last = new AtomicReference<>();
    private volatile ConnectionStateListener listener;

    ConnectionStates(Faults faults) {
        this.faults = faults;
    }

    void listener(ConnectionStateListener to) {
        listener = to;
    }

    @Override
    public void onConnecting() {
        tell(ConnectionState.CONNECTING);
    }

    @Override
    public void onConnected() {
        tell(ConnectionState.CONNECTED);
    }

    void onLoggedOn() {
        tell(ConnectionState.LOGGED_ON);
    }

    @Override
    public void onDisconnected(Code code, String reason, long nextAttemptNs) {
        final Duration next = nextAttemptNs == NO_ATTEMPT ? null : Duration.ofNanos(nextAttemptNs);
        tell(new ConnectionStateChange(ConnectionState.DISCONNECTED, code, reason, next));
    }

    @Override
    public void onGaveUp(Code code, String reason) {
        tell(new ConnectionStateChange(ConnectionState.GAVE_UP, code, reason, null));
    }

    void onClosed() {
        if (isClosed.compareAndSet(false, true)) {
            deliver(new ConnectionStateChange(ConnectionState.CLOSED, Code.OK, "", null));
        }
    }

    private void tell(ConnectionState state) {
        tell(new ConnectionStateChange(state, Code.OK, "", null));
    }

    /** The end of a session that was just about to come may be noticed twice. */
    private void tell(ConnectionStateChange change) {
        if (!isClosed.get() && !change.equals(last.getAndSet(change))) {
            deliver(change);
        }
    }

    private void deliver(ConnectionStateChange change) {
        final ConnectionStateListener to = listener;
        if (to == null) {
            return;
        }
        try {
            to.onChange(change);
        } catch (Throwable t) {
            faults.report("connection state listener", t);
        }
    }
}
