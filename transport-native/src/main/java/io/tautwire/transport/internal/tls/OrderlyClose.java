package io.tautwire.transport.internal.tls;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Stands between TLS and the socket, and closes it in order: what was written goes out, close_notify or alert last;
 * then the end of the stream is sent, and input is dropped until the peer ends too. A socket closed with input unread
 * would be reset, and the peer might lose the alert that says why. TLS itself has no such half-close before 1.3.
 */
final class OrderlyClose extends ChannelDuplexHandler {
    /** Bound on waiting for the peer's end, 2 seconds. */
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(2);

    private boolean isClosing;
    private boolean hasRead;

    /** Whether the peer has sent anything. */
    boolean hasRead() {
        return hasRead;
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (isClosing || !context.channel().isActive()) {
            context.close(promise);
            return;
        }
        isClosing = true;
        final Future<?> timer = context.executor()
                .schedule(() -> context.close(context.newPromise()), TIMEOUT_NS, TimeUnit.NANOSECONDS);
        context.channel().closeFuture().addListener(closed -> {
            timer.cancel(false);
            promise.trySuccess();
        });
        // An empty write ends when those before it have ended.
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> endOutput(context, written.isSuccess()));
    }

    private static void endOutput(ChannelHandlerContext context, boolean isWritten) {
        if (!isWritten) {
            context.close();
            return;
        }
        // Not from within Netty's flush, which may be on the stack.
        context.executor().execute(() -> ((DuplexChannel) context.channel())
                .shutdownOutput()
                .addListener(ended -> {
                    if (!ended.isSuccess()) {
                        context.close();
                    }
                }));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        hasRead = true;
        if (isClosing) {
            ReferenceCountUtil.release(message);
        } else {
            context.fireChannelRead(message);
        }
    }
}
