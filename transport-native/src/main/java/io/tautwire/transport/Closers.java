package io.tautwire.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** Closes sockets that wait for their unsent bytes, which holds up the thread that does it. */
final class Closers {
    /** Peers that take nothing hold up so many; the sockets behind them wait no longer than they would have alone. */
    private static final int MAX_THREADS = 4;

    private final HelperThreads threads;

    Closers(String threadName) {
        threads = new HelperThreads(MAX_THREADS, threadName);
    }

    /**
     * Closes the socket of a channel that no loop uses any more, and no selector.
     *
     * @param lingerSeconds at least 1, counted from this call.
     * @param whenClosed    called on the thread that closed it.
     */
    void close(Channel channel, int lingerSeconds, Runnable whenClosed) {
        assert !ChannelTypes.isSelected(channel) : channel;
        final long sinceNs = System.nanoTime();
        try {
            threads.execute(() -> {
                final long waited = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - sinceNs);
                close(channel, waited < lingerSeconds ? (int) (lingerSeconds - waited) : Closing.OFF);
                whenClosed.run();
            });
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            // Ended, or no thread to be had: the system sends what is left without anybody waiting.
            close(channel, Closing.OFF);
            whenClosed.run();
        }
    }

    private static void close(Channel channel, int lingerSeconds) {
        try {
            channel.config().setOption(ChannelOption.SO_LINGER, lingerSeconds);
        } catch (ChannelException e) {
            // Refused by some systems where the peer has gone: then there is nothing to wait for.
            Channels.LOGGER.debug("{}: SO_LINGER is refused", channel, e);
        }
        channel.unsafe().closeForcibly();
    }

    /** Takes no more; what was handed over is closed. */
    void end() {
        threads.end();
    }

    /** Waits until all sockets handed over are closed. */
    void awaitEnd(long timeoutNs) throws InterruptedException {
        threads.awaitEnd(timeoutNs);
    }
}
