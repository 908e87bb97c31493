package io.tautwire.cli.subscribe;

import io.tautwire.cli.session.Session;
import io.tautwire.cli.terminal.Progress;
import io.tautwire.cli.terminal.Terminal;
import io.tautwire.client.Message;
import io.tautwire.client.MessageStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Prints what a stream delivers until there is enough, nothing more comes, the reader of the output has gone, or the
 * user stops it. Output is passed on whenever the stream is empty, so a slow stream is seen at once and a fast one is
 * written in large pieces. Use once, on the main thread of the command.
 */
public final class SubscribeRun {
    /** How soon the wish to stop, or the end of the session, is noticed. */
    private static final long LOOK_UP_NS = TimeUnit.MILLISECONDS.toNanos(100);

    /** How often a stream that is never empty is interrupted to look whether anybody still reads. */
    private static final int LOOK_UP_MESSAGES = 1024;

    private final Session session;
    private final MessageStream stream;
    private final MessagePrinter printer;
    private final Terminal terminal;
    private final Discards discards;
    private final long startNs = System.nanoTime();
    private long received;

    /** Why a run ended. */
    public enum End {
        /** As many messages as were asked for. */
        COUNT_REACHED,
        /** Nothing came for too long. */
        TIMED_OUT,
        /** The user wished it, or nobody reads the output any more. */
        STOPPED
    }

    /**
     * Prepares to print.
     *
     * @param isKept whether a bookmark store keeps the stream's messages until they are discarded.
     */
    public SubscribeRun(
            Session session, MessageStream stream, boolean isKept, MessagePrinter printer, Terminal terminal) {
        this.discards = isKept ? new Discards(stream) : null;
        this.session = session;
        this.stream = stream;
        this.printer = printer;
        this.terminal = terminal;
    }

    /**
     * Prints.
     *
     * @param count     how many messages, at most.
     * @param timeoutNs how long to wait for a message, in nanoseconds.
     * @throws io.tautwire.TautwireException if the session ends.
     */
    public End run(long count, long timeoutNs) {
        try (Progress progress = new Progress(terminal)) {
            while (received < count) {
                final Message message = next(timeoutNs, progress);
                if (message == null) {
                    return isStopped() ? End.STOPPED : End.TIMED_OUT;
                }
                progress.erase();
                printer.print(message);
                received++;
                if (discards != null) {
                    discards.add(message.bookmark());
                }
                if (received % LOOK_UP_MESSAGES == 0 && isStopped()) {
                    return End.STOPPED;
                }
            }
            return End.COUNT_REACHED;
        } finally {
            isPassedOn();
        }
    }

    /** How many messages were printed. */
    public long received() {
        return received;
    }

    /** The next message, or null when none came in time or the run is to stop. */
    private Message next(long timeoutNs, Progress progress) {
        Message message = stream.poll(Duration.ZERO);
        final long idleSinceNs = System.nanoTime();
        while (message == null && !isStopped()) {
            session.requireLive();
            final long leftNs = timeoutNs - (System.nanoTime() - idleSinceNs);
            if (leftNs <= 0) {
                return null;
            }
            show(progress);
            message = stream.poll(Duration.ofNanos(Math.min(leftNs, LOOK_UP_NS)));
        }
        return message;
    }

    private boolean isStopped() {
        return !isPassedOn() || terminal.stop().requested();
    }

    /** Flushes, which is how a {@link java.io.PrintStream} finds out whether anybody reads; so what was printed is. */
    private boolean isPassedOn() {
        final boolean isRead = !terminal.out().checkError();
        if (isRead && discards != null) {
            discards.run();
        }
        return isRead;
    }

    private void show(Progress progress) {
        if (progress.isDue()) {
            progress.show("%s  received %,d".formatted(Progress.rate(received, System.nanoTime() - startNs), received));
        }
    }
}
