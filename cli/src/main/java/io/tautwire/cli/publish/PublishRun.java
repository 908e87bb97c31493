package io.tautwire.cli.publish;

import io.tautwire.TautwireException;
import io.tautwire.cli.session.Session;
import io.tautwire.cli.terminal.LineReader;
import io.tautwire.cli.terminal.Stop;
import io.tautwire.client.Client;
import io.tautwire.codec.sbe.Code;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Publishes lines over a session, and waits until each is acknowledged. Use once, on the main thread of the command.
 */
public final class PublishRun {
    private static final long FIRST_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LONGEST_PAUSE_NS = TimeUnit.SECONDS.toNanos(2);

    private final Session session;
    private final Tally tally;
    private final Stop stop;
    private final boolean isOverStore;

    /**
     * Prepares a run that is accounted for in the tally, and that the user can stop.
     *
     * @param isOverStore whether the session is still to be logged on, and keeps in files what it publishes till then.
     */
    public PublishRun(Session session, Tally tally, Stop stop, boolean isOverStore) {
        this.session = session;
        this.tally = tally;
        this.stop = stop;
        this.isOverStore = isOverStore;
        final Client client = session.client();
        final long first = client.lowestOutstanding() + client.outstanding();
        client.ackListener((from, to, code, reason, level) -> {
            final long earlier = Math.max(0, Math.min(to + 1, first) - from);
            tally.onEarlier(earlier);
            if (code == Code.OK) {
                tally.onAcknowledged(to - from + 1 - earlier);
            }
        });
        client.failedPublishHandler((original, code, reason) -> {
            if (original.sequence() >= first) {
                tally.onFailed("sequence=" + original.sequence(), code, reason);
            }
        });
    }

    /**
     * Publishes every line, and then waits for acknowledgements. When the user stops it, no more lines are read, but
     * what was published before is still waited for.
     *
     * @param lines        the bodies.
     * @param topic        where to.
     * @param perSecond    messages a second; zero for as fast as possible.
     * @param flushTimeout how long to wait after the last line.
     * @param meanwhile    called now and then, on this thread.
     * @throws TautwireException if the session ends, or the input does before its end; the tally holds what was
     *     done until then.
     */
    public void run(LineReader lines, String topic, long perSecond, Duration flushTimeout, Runnable meanwhile)
            throws InterruptedException {
        final Client client = session.client();
        final CompletableFuture<Void> published =
                new LinePublisher(lines, client.publication(topic), perSecond, tally, stop).start();
        if (isOverStore && !logOnWhenServerIsThere(published, flushTimeout.toNanos(), meanwhile)) {
            return;
        }
        session.await(CompletableFuture.anyOf(published, stop.asFuture()), Long.MAX_VALUE, meanwhile);
        if (session.await(client.publishFlushAsync(), flushTimeout.toNanos(), meanwhile) && !published.isDone()) {
            throw new TautwireException(Code.INTERRUPTED, "ended by the user before the last line");
        }
    }

    /** Gives up when the user does, or the last line is published and was waited for long enough. */
    private boolean logOnWhenServerIsThere(CompletableFuture<Void> published, long timeoutNs, Runnable meanwhile)
            throws InterruptedException {
        long pauseNs = FIRST_PAUSE_NS;
        long doneNs = 0;
        while (!session.tryLogOn()) {
            meanwhile.run();
            doneNs = doneNs == 0 && published.isDone() ? System.nanoTime() : doneNs;
            if (stop.requested() || doneNs != 0 && System.nanoTime() - doneNs >= timeoutNs) {
                return false;
            }
            stop.await(Math.min(pauseNs, timeoutNs));
            pauseNs = Math.min(2 * pauseNs, LONGEST_PAUSE_NS);
        }
        return true;
    }
}
