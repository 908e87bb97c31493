package io.tautwire.client.internal;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The thread of one logon's authenticator, which may compute for long or wait for somebody: so the receive thread goes
 * on, and who logs on waits no longer than it wants to. Ends with the logon; what is still running then is interrupted
 * and not waited for, and has no effect any more.
 */
final class AuthenticatorThread implements Executor, AutoCloseable {
    private final ThreadPoolExecutor thread;

    AuthenticatorThread(String clientName) {
        // Never more than one call waits: a server may not challenge again before it has an answer.
        thread = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(1), work -> {
            final Thread made = new Thread(work, "tautwire-client-" + clientName + "-authenticator");
            made.setDaemon(true);
            return made;
        });
    }

    /** Runs a call, unless the logon is over. */
    @Override
    public void execute(Runnable call) {
        try {
            thread.execute(call);
        } catch (RejectedExecutionException e) {
            if (!thread.isShutdown()) {
                throw e;
            }
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
