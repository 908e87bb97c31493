package io.tautwire.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelOutputShutdownException;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.tautwire.transport.connection.HostPort;
import io.tautwire.transport.wire.Wire;
import io.tautwire.transport.wire.WireHandler;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.agrona.DirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A channel seen as a {@link Wire}, and its {@link WireHandler} stepped by what the channel sees.
 *
 * <p>Closing in order: what was written goes out, then the end of the stream is sent and input is dropped until the
 * peer ends too. A socket closed with input unread would be reset instead, and the peer might lose our last frames
 * (a Goodbye, say) that had already arrived there. The handler is told as soon as the end is sent. All of it takes at
 * most {@link #CLOSE_TIMEOUT_NS}.
 *
 * <p>Over TLS the handlers before this one do all of it: this sees decrypted bytes, and a channel that becomes active
 * when the handshake is done.
 *
 * <p>Without TLS reading allocates nothing; a write allocates the promise that tells its end, and nothing else when it
 * is from direct memory.
 */
final class Connection extends ChannelInboundHandlerAdapter implements Wire {
    /** Bound on closing in order, 2 seconds. */
    static final long CLOSE_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(2);

    /** Bytes of one write handed to TLS at a time. */
    private static final int MAX_SECURED_WRITE = 64 * 1024;

    private static final Logger LOGGER = LoggerFactory.getLogger(Connection.class);

    private enum State {
        /** The channel is not connected yet, or the handler not made yet: completions wait for it. */
        OPENING,
        OPEN,
        /** Closed by this side, a write may be under way. */
        CLOSING,
        /** The handler has been told. */
        ENDED
    }

    private final Connections connections;
    private final String label;
    private final String unixPath;
    private final Function<Wire, WireHandler> opener;
    private final ReceiveBuffer received = new ReceiveBuffer();
    private final WriteViews views = new WriteViews();
    private final ChannelFutureListener writeListener = future -> onWriteEnd(future);

    private ChannelHandlerContext context;
    private State state = State.OPENING;
    private WireHandler handler;
    private String peer = "";
    private boolean isSecured;
    private String certificateUser = "";
    private DirectBuffer writing;
    private int writeOffset;
    private int writeLength;
    private int writtenLength;
    private int writtenEarly;
    private boolean hasBatch;
    private boolean isPaused;
    private boolean isOutputLost;
    private Throwable cause;
    private Future<?> closeTimer;

    /**
     * A connection yet to come.
     *
     * @param connections keeps it while it lives.
     * @param label       client name for log lines; null when not known.
     * @param unixPath    of the socket file; null over TCP.
     * @param opener      makes the handler once connected.
     */
    Connection(Connections connections, String label, String unixPath, Function<Wire, WireHandler> opener) {
        this.connections = connections;
        this.label = label;
        this.unixPath = unixPath;
        this.opener = opener;
    }

    ReceiveBuffer receiveBuffer() {
        return received;
    }

    /** TLS is done: this is told before the channel becomes active, and its user is the client's certificate's. */
    void secured(String user) {
        isSecured = true;
        certificateUser = user;
    }

    Channel channel() {
        return context.channel();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        this.context = context;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        connections.add(this);
        peer = describePeer();
        try {
            handler = Objects.requireNonNull(opener.apply(this), "handler");
        } catch (Throwable t) {
            LOGGER.warn("{}: no handler, closing", this, t);
            state = State.ENDED;
            context.close();
            return;
        }
        if (state == State.OPENING) {
            state = State.OPEN;
            deliverEarly();
        }
    }

    private void deliverEarly() {
        if (writtenEarly > 0) {
            final int length = writtenEarly;
            writtenEarly = 0;
            deliverWritten(length);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (state != State.OPEN) {
            ReferenceCountUtil.release(message);
            received.clear();
            return;
        }
        received.take((ByteBuf) message, context.alloc());
        if (received.hasNew() && !isPaused) {
            deliverBytes();
        }
    }

    private void deliverBytes() {
        hasBatch = true;
        try {
            final int consumed = handler.onBytes(received.view(), received.offset(), received.length());
            if (state == State.OPEN) {
                received.consume(consumed, handler.requiredBytes());
            }
        } catch (Throwable t) {
            fail(t);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (state != State.OPEN) {
            return;
        }
        received.endBatch();
        endBatch();
    }

    private void endBatch() {
        if (!hasBatch) {
            return; // TLS has read of its own, or half a record
        }
        hasBatch = false;
        try {
            handler.onBatchEnd();
        } catch (Throwable t) {
            fail(t);
        }
    }

    @Override
    public void pauseReading() {
        checkThread();
        if (!isPaused && state != State.CLOSING && state != State.ENDED) {
            isPaused = true;
            received.pause(true);
            context.channel().config().setAutoRead(false);
        }
    }

    @Override
    public void resumeReading() {
        checkThread();
        if (isPaused) {
            isPaused = false;
            received.pause(false);
            context.executor().execute(this::readOn);
        }
    }

    /** What stayed comes first; it may make the handler pause again. */
    private void readOn() {
        if (state == State.OPEN && !isPaused && received.hasBytes()) {
            deliverBytes();
            if (state == State.OPEN) {
                endBatch();
            }
        }
        if (!isPaused) {
            context.channel().config().setAutoRead(true);
        }
    }

    /** A connection that closes reads on, to the end of the stream. */
    private void endPause() {
        if (isPaused) {
            isPaused = false;
            received.pause(false);
            received.clear();
            context.executor().execute(() -> context.channel().config().setAutoRead(true));
        }
    }

    @Override
    public void write(DirectBuffer buffer, int offset, int length) {
        checkThread();
        if (length <= 0) {
            throw new IllegalArgumentException("length=" + length + " must be positive");
        }
        if (writeLength > 0) {
            throw new IllegalStateException("a write of length=" + writeLength + " is under way: wait for onWritten");
        }
        if (state == State.CLOSING || state == State.ENDED || isOutputLost) {
            return;
        }
        buffer.boundsCheck(offset, length);
        final int part = partOf(length);
        final var view = views.view(buffer, offset, part);
        writing = buffer;
        writeOffset = offset;
        writeLength = length;
        writtenLength = part;
        context.writeAndFlush(view, context.newPromise().addListener(writeListener));
    }

    /** Over TLS in parts, because what is under way lies there again, encrypted, until the socket takes it. */
    private int partOf(int length) {
        return isSecured ? Math.min(length, MAX_SECURED_WRITE) : length;
    }

    private void writeNextPart() {
        final int part = partOf(writeLength - writtenLength);
        final var view = views.view(writing, writeOffset + writtenLength, part);
        writtenLength += part;
        context.writeAndFlush(view, context.newPromise().addListener(writeListener));
    }

    private void onWriteEnd(Future<?> future) {
        if (future.isSuccess() && writtenLength < writeLength && state != State.ENDED) {
            writeNextPart();
            return;
        }
        final int length = writeLength;
        writeLength = 0;
        writing = null;
        if (!future.isSuccess()) {
            loseOutput(future.cause());
        } else if (state == State.OPEN) {
            deliverWritten(length);
        } else if (state == State.OPENING) {
            writtenEarly = length;
        } else if (state == State.CLOSING) {
            // Not from within Netty's flush, which is on the stack.
            context.executor().execute(this::endOutput);
        }
    }

    private void deliverWritten(int length) {
        try {
            handler.onWritten(length);
        } catch (Throwable t) {
            fail(t);
        }
    }

    /** The peer takes no more. What it sent before is still read, to the end of the stream. */
    private void loseOutput(Throwable reason) {
        isOutputLost = true;
        if (state == State.ENDED) {
            return;
        }
        if (cause == null && state != State.CLOSING) {
            cause = isConsequence(reason) ? reason.getCause() : reason;
        }
        if (context.channel().isOpen()) {
            limitClosing();
        }
    }

    /** Whether the write failed because the channel was closed already, for the reason that is its cause if any. */
    private static boolean isConsequence(Throwable reason) {
        return reason instanceof ClosedChannelException || reason instanceof ChannelOutputShutdownException;
    }

    @Override
    public void close() {
        checkThread();
        if (state == State.CLOSING || state == State.ENDED) {
            return;
        }
        state = State.CLOSING;
        endPause();
        limitClosing();
        if (writeLength == 0) {
            context.executor().execute(this::endOutput);
        }
    }

    @Override
    public void abort() {
        checkThread();
        if (state != State.ENDED) {
            state = State.CLOSING;
        }
        received.stop();
        final Closing closing = context.pipeline().get(Closing.class);
        if (closing == null) {
            context.channel().close();
        } else {
            closing.abort();
        }
    }

    private void limitClosing() {
        if (closeTimer == null) {
            closeTimer = context.executor().schedule(this::closeNow, CLOSE_TIMEOUT_NS, TimeUnit.NANOSECONDS);
        }
    }

    private void endOutput() {
        if (state != State.CLOSING) {
            return;
        }
        end();
        if (isSecured) {
            context.close(); // with close_notify, and as below by the handlers before this one
            return;
        }
        ((DuplexChannel) context.channel()).shutdownOutput().addListener(future -> {
            if (!future.isSuccess()) {
                closeNow();
            }
        });
    }

    private void closeNow() {
        received.stop();
        Channels.closeNow(context.channel());
    }

    private void fail(Throwable failure) {
        if (cause == null) {
            cause = failure;
        }
        if (state == State.OPEN) {
            state = State.CLOSING;
        }
        closeNow();
    }

    /** Over TLS the peer has ended its stream, and may wait for the end of ours. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (isSecured && event == ChannelInputShutdownEvent.INSTANCE) {
            end();
            limitClosing();
            context.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        if (state == State.CLOSING || state == State.ENDED) {
            closeNow();
        } else {
            fail(failure);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        connections.remove(this);
        if (closeTimer != null) {
            closeTimer.cancel(false);
        }
        end();
        received.release();
        views.clear();
    }

    private void end() {
        if (state == State.ENDED) {
            return;
        }
        state = State.ENDED;
        try {
            handler.onClosed(cause);
        } catch (Throwable t) {
            LOGGER.warn("{}: the handler failed in onClosed", this, t);
        }
    }

    @Override
    public String peer() {
        return peer;
    }

    @Override
    public String certificateUser() {
        return certificateUser;
    }

    @Override
    public String toString() {
        return label == null ? "peer=" + peer : "client=" + label + " peer=" + peer;
    }

    private String describePeer() {
        return unixPath == null ? describePeer(context.channel()) : "unix:" + unixPath;
    }

    /** The peer of a channel over TCP. */
    static String describePeer(Channel channel) {
        final InetSocketAddress address = (InetSocketAddress) channel.remoteAddress();
        return address == null ? "unknown" : text(address);
    }

    /** A socket address as it stands in a connection string, never looked up. */
    static String text(InetSocketAddress address) {
        return new HostPort(address.getAddress().getHostAddress(), address.getPort()).toString();
    }

    private void checkThread() {
        if (!context.executor().inEventLoop()) {
            throw new IllegalStateException("a wire is used on its loop's thread only: hand over by execute");
        }
    }
}
