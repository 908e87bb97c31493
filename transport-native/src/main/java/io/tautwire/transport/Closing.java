package io.tautwire.transport;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.DuplexChannel;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Closes one TCP channel with {@code tcp_linger}. Stands first in the pipeline, so every close comes past it, whoever
 * asks for it.
 *
 * <p>A socket with SO_LINGER blocks the thread that closes it while it has unsent bytes. Left to itself, Netty hands
 * such a close to a thread that everything in the process shares. Here the channel leaves its loop first; its handlers
 * are told that it is inactive; and then a thread of {@link Closers} closes the socket. See
 * {@code docs/adr/0006-lingering-on-a-thread-of-our-own.md}.
 *
 * <p>The peer's end of the stream is an event here ({@code ALLOW_HALF_CLOSURE}), for otherwise Netty would close by
 * itself. All on the loop's thread.
 */
final class Closing extends ChannelDuplexHandler {
    /** Of SO_LINGER: closing waits for nothing, the system sends what is left. */
    static final int OFF = -1;

    /** Of SO_LINGER: closing drops what is left and resets the connection. */
    private static final int RESET = 0;

    private static final long SELECTOR_POLL_MS = 1;

    private final int lingerSeconds;
    private final Closers closers;
    private final Connections connections;
    private ChannelHandlerContext context;

    /** Nothing to wait for: the connection is broken or aborted. */
    private boolean isPointless;

    /** The channel is on its way to a closing thread. */
    private boolean isTaken;

    private boolean isInactiveTold;

    Closing(int lingerSeconds, Closers closers, Connections connections) {
        this.lingerSeconds = lingerSeconds;
        this.closers = closers;
        this.connections = connections;
    }

    /** Closes without asking the handlers behind this one. */
    void closeNow() {
        close(context, context.newPromise());
    }

    /** Closes at once and resets the connection, without asking the handlers behind this one. */
    void abort() {
        if (!isTaken && context.channel().isOpen()) {
            isPointless = true;
            linger(RESET);
            context.close();
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        this.context = context;
        context.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, lingerSeconds > 0);
    }

    /** Only now: an attempt to connect that is given up has nothing to wait for. */
    @Override
    public void channelActive(ChannelHandlerContext context) {
        linger(lingerSeconds);
        context.fireChannelActive();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            close(context, context.newPromise());
        } else if (!(event instanceof ChannelInputShutdownReadComplete)) {
            context.fireUserEventTriggered(event);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // What comes from the channel itself: the socket is broken.
        isPointless = true;
        if (!isTaken && context.channel().isOpen()) {
            linger(OFF);
        }
        context.fireExceptionCaught(cause);
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (isTaken) {
            completeWithTheChannel(promise);
        } else if (lingerSeconds <= 0 || isPointless || !context.channel().isActive()) {
            context.close(promise);
        } else {
            isTaken = true;
            connections.beginHandOver();
            // Netty may still close by itself, and that must not wait.
            linger(OFF);
            // Not from within Netty's read or flush, which may be on the stack.
            context.executor().execute(() -> leaveLoop(promise));
        }
    }

    private void leaveLoop(ChannelPromise promise) {
        if (context.channel().isOpen()) {
            // From here on Netty writes nothing more to the descriptor; what the system has goes out, and the end.
            ((DuplexChannel) context.channel()).shutdownOutput();
            context.deregister().addListener(future -> handOver(promise));
        } else {
            completeWithTheChannel(promise);
            connections.endHandOver(context.channel());
        }
    }

    private void handOver(ChannelPromise promise) {
        if (!context.channel().isOpen()) {
            completeWithTheChannel(promise);
        } else if (ChannelTypes.isSelected(context.channel())) {
            context.executor().schedule(() -> handOver(promise), SELECTOR_POLL_MS, TimeUnit.MILLISECONDS);
            return;
        } else {
            endPipeline();
            closers.close(context.channel(), lingerSeconds, () -> completeBookkeeping(promise));
        }
        connections.endHandOver(context.channel());
    }

    /** Netty does this when a channel that is still registered has closed. */
    private void endPipeline() {
        channelInactive(context);
        while (context.pipeline().last() != this) {
            context.pipeline().removeLast();
        }
    }

    /** For Netty the channel closes now that its socket has. */
    private void completeBookkeeping(ChannelPromise promise) {
        try {
            context.executor().execute(() -> context.channel().unsafe().close(promise));
        } catch (RejectedExecutionException e) {
            Channels.LOGGER.debug("{}: closed after its loop", context.channel());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (!isInactiveTold) {
            isInactiveTold = true;
            context.fireChannelInactive();
        }
    }

    /** When Netty closed by itself on the way out, it empties the pipeline before it tells that it is inactive. */
    @Override
    public void channelUnregistered(ChannelHandlerContext context) {
        if (isTaken && !context.channel().isOpen()) {
            channelInactive(context);
        }
        context.fireChannelUnregistered();
    }

    private void completeWithTheChannel(ChannelPromise promise) {
        context.channel().closeFuture().addListener(future -> promise.trySuccess());
    }

    private void linger(int seconds) {
        try {
            context.channel().config().setOption(ChannelOption.SO_LINGER, seconds);
        } catch (ChannelException e) {
            // Refused by some systems where the peer has gone, as the next read tells.
            Channels.LOGGER.debug("{}: SO_LINGER={} is refused", context.channel(), seconds, e);
        }
    }
}
