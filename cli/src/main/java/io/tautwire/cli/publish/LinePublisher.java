package io.tautwire.cli.publish;

import io.tautwire.TautwireException;
import io.tautwire.cli.terminal.LineReader;
import io.tautwire.cli.terminal.Stop;
import io.tautwire.client.Publication;
import io.tautwire.codec.sbe.Code;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Publishes every line it reads, on a thread of its own: a read from a terminal or a pipe can neither be interrupted
 * nor bounded, and must not keep the command from ending.
 */
public final class LinePublisher {
    private final LineReader lines;
    private final Publication publication;
    private final Pacer pacer;
    private final Tally tally;
    private final Stop stop;
    private final UnsafeBuffer body = new UnsafeBuffer(0, 0);
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    /**
     * Prepares to publish.
     *
     * @param lines       the bodies.
     * @param publication where to.
     * @param perSecond   messages a second; zero for as fast as possible.
     * @param tally       learns what is published.
     * @param stop        ends it before the last line.
     */
    public LinePublisher(LineReader lines, Publication publication, long perSecond, Tally tally, Stop stop) {
        this.lines = lines;
        this.publication = publication;
        this.pacer = new Pacer(perSecond, stop);
        this.tally = tally;
        this.stop = stop;
    }

    /**
     * Begins.
     *
     * @return completes after the last line, or with what prevented that.
     */
    public CompletableFuture<Void> start() {
        final Thread thread = new Thread(this::run, "tautwire-publish");
        thread.setDaemon(true);
        thread.start();
        return done;
    }

    private void run() {
        try {
            while (lines.next()) {
                pacer.awaitTurn();
                if (stop.requested()) {
                    break;
                }
                tally.onPublished();
                publish();
            }
            done.complete(null);
        } catch (final IOException e) {
            done.completeExceptionally(new TautwireException(Code.INTERNAL, "the input cannot be read: " + e, e));
        } catch (final InterruptedException | RuntimeException e) {
            done.completeExceptionally(e);
        }
    }

    private void publish() {
        if (lines.isTooLong()) {
            onTooLarge();
            return;
        }
        body.wrap(lines.bytes(), 0, (int) lines.length());
        try {
            publication.publish(body, 0, body.capacity());
        } catch (final TautwireException e) {
            if (e.code() != Code.MESSAGE_TOO_LARGE) {
                throw e;
            }
            onTooLarge();
        }
    }

    private void onTooLarge() {
        tally.onFailed("line=" + tally.published(), Code.MESSAGE_TOO_LARGE, "bytes=" + lines.length());
    }
}
