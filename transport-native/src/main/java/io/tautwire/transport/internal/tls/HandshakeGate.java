package io.tautwire.transport.internal.tls;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.tautwire.TautwireException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands behind TLS and hides it: the handlers after this see a channel that becomes active when the handshake is done,
 * and none at all when it fails. The peer's close_notify becomes an end of input, its absence an exception.
 */
final class HandshakeGate extends ChannelInboundHandlerAdapter {
    private static final Logger LOGGER = LoggerFactory.getLogger("io.tautwire.transport");

    /** A fatal alert, unexpected_message: what a client that speaks plainly can recognise (RFC 8446, section 6). */
    private static final byte[] NO_PLAIN_BYTES = {21, 3, 3, 0, 2, 2, 10};

    private final OrderlyClose socket;
    private final SslHandler ssl;
    private final HandshakeFailure failures;
    private final TlsEvents events;
    private boolean isOpen;
    private boolean hasFailed;
    private Throwable transportFailure;

    HandshakeGate(OrderlyClose socket, SslHandler ssl, HandshakeFailure failures, TlsEvents events) {
        this.socket = socket;
        this.ssl = ssl;
        this.failures = failures;
        this.events = events;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        // Told when the handshake is done.
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent) {
            onHandshakeEnd(context, ((SslHandshakeCompletionEvent) event).cause());
        } else if (event instanceof SslCloseCompletionEvent) {
            onPeerEnd(context, ((SslCloseCompletionEvent) event).isSuccess());
        } else if (isOpen) {
            context.fireUserEventTriggered(event);
        }
    }

    private void onHandshakeEnd(ChannelHandlerContext context, Throwable cause) {
        if (cause == null) {
            isOpen = events.onSecured(certificateUser());
            hasFailed = !isOpen;
            if (isOpen) {
                socket.secured(context.channel());
                context.fireChannelActive();
            }
        } else if (!isOpen && !hasFailed) {
            hasFailed = true;
            final boolean isServer = !ssl.engine().getUseClientMode();
            if (cause instanceof NotSslRecordException && isServer) {
                context.pipeline().firstContext().writeAndFlush(Unpooled.wrappedBuffer(NO_PLAIN_BYTES));
            }
            // Whoever connects and goes without a word tried the port, and that is no failure.
            if (socket.hasRead() || !isServer) {
                events.onFailed(
                        context.channel(),
                        failures.of(withoutBytes(transportFailure == null ? cause : transportFailure)));
            }
        }
    }

    /** Its message holds what came in place of TLS: a logon, say, with a token in it. */
    private static Throwable withoutBytes(Throwable cause) {
        return cause instanceof NotSslRecordException ? new NotSslRecordException("not a TLS record") : cause;
    }

    private String certificateUser() {
        if (ssl.engine().getUseClientMode()) {
            return "";
        }
        try {
            final Certificate[] chain = ssl.engine().getSession().getPeerCertificates();
            return CertificateText.commonName(((X509Certificate) chain[0]).getSubjectX500Principal());
        } catch (SSLPeerUnverifiedException e) {
            return "";
        }
    }

    private void onPeerEnd(ChannelHandlerContext context, boolean isInOrder) {
        if (!isOpen) {
            return;
        }
        if (isInOrder) {
            context.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        } else {
            context.fireExceptionCaught(
                    new SSLException("the connection was cut: the peer ended it without close_notify"));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (isOpen) {
            context.fireChannelInactive();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        final Throwable cause =
                failure instanceof DecoderException && failure.getCause() != null ? failure.getCause() : failure;
        if (isOpen) {
            final TautwireException late = failures.late(cause);
            context.fireExceptionCaught(late == null ? cause : late);
        } else if (hasFailed) {
            LOGGER.debug("after a failed handshake: {}", withoutBytes(cause).toString());
        } else {
            transportFailure = cause;
            context.close();
        }
    }
}
