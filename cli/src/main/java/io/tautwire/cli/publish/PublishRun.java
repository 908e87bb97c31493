package io.tautwire.cli.publish;

import io.tautwire.TautwireException;
import io.tautwire.cli.session.Session;
import io.tautwire.cli.terminal.LineReader;
import io.tautwire.cli.terminal.Stop;
import io.tautwire.client.Client;
import io.tautwire.codec.sbe.Code;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Publishes lines over a session, and waits until each is acknowledged. Use once, on the main thread of the command.
 */
public final class PublishRun {
    private final Session session;
    private final Tally tally;
    private final Stop stop;

    /** Prepares a run that is accounted for in the tally, and that the user can stop. */
    public PublishRun(Session session, Tally tally, Stop stop) {
        this.session = session;
        this.tally = tally;
        this.stop = stop;
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
     * what was published before is still waited for, unless it is kept in files and there is no server.
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
        session.await(CompletableFuture.anyOf(published, stop.asFuture()), Long.MAX_VALUE, meanwhile);
        final CompletableFuture<?> flush = client.publishFlushAsync();
        final CompletableFuture<Void> left = new CompletableFuture<>();
        final Runnable lookUp = () -> {
            meanwhile.run();
            if (stop.requested() && session.isKept() && session.isWaiting()) {
                left.complete(null);
            }
        };
        lookUp.run();
        if (!session.await(CompletableFuture.anyOf(flush, left), flushTimeout.toNanos(), lookUp)) {
            return;
        }
        if (!flush.isDone()) {
            throw new TautwireException(Code.INTERRUPTED, "ended by the user while there was no server");
        }
        if (!published.isDone()) {
            throw new TautwireException(Code.INTERRUPTED, "ended by the user before the last line");
        }
    }
}
