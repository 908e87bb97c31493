package io.tautwire.transport.internal.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
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
 *
 * <p>Until the handshake is done, it reads no more than a handshake can take. While TLS waits for what it has handed to
 * another thread, it keeps all that comes, without a bound, and anybody may send.
 */
final class OrderlyClose extends ChannelDuplexHandler {
    /** Bound on waiting for the peer's end, 2 seconds. */
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(2);

    /** Read before the handshake is done, at most, and one read more; BoringSSL takes 100 KiB of certificates. */
    static final int MOST_BEFORE_SECURED = 128 * 1024;

    private boolean isClosing;
    private boolean isSecured;
    private long readBytes;

    /** Whether the peer has sent anything. */
    boolean hasRead() {
        return readBytes > 0;
    }

    /** The handshake is done. */
    void secured(Channel channel) {
        isSecured = true;
        channel.config().setAutoRead(true);
    }

    private boolean isHeld() {
        return readBytes > MOST_BEFORE_SECURED && !isSecured && !isClosing;
    }

    /** TLS asks for more, too, as long as its handshake is not done. */
    @Override
    public void read(ChannelHandlerContext context) {
        if (!isHeld()) {
            context.read();
        }
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (isClosing || !context.channel().isActive()) {
            context.close(promise);
            return;
        }
        isClosing = true;
        context.channel().config().setAutoRead(true); // to the peer's end, dropping it
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
        readBytes += ((ByteBuf) message).readableBytes();
        if (isHeld()) {
            context.channel().config().setAutoRead(false);
        }
        if (isClosing) {
            ReferenceCountUtil.release(message);
        } else {
            context.fireChannelRead(message);
        }
    }
}
