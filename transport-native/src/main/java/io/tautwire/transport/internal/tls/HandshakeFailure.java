package io.tautwire.transport.internal.tls;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.OpenSslCertificateException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** Puts into words why a handshake failed, as far as this side can know it. What providers say is their own. */
final class HandshakeFailure {
    /** An alert of the peer (RFC 8446, section 6.2) in the words of the JDK and of BoringSSL. */
    private static final Pattern ALERT = Pattern.compile("(?:fatal alert: |_ALERT_)([A-Za-z_]+)");

    private static final String NO_CERTIFICATE = "certificate_required";
    private static final Set<String> ABOUT_CERTIFICATES = Set.of(
            NO_CERTIFICATE,
            "bad_certificate",
            "unsupported_certificate",
            "certificate_revoked",
            "certificate_expired",
            "certificate_unknown",
            "unknown_ca",
            "access_denied");
    private static final Set<String> NOTHING_IN_COMMON =
            Set.of("handshake_failure", "protocol_version", "insufficient_security");
    private static final String VERSIONS = "this side speaks TLS 1.2 and 1.3, with forward secrecy";

    private final boolean isClient;
    private final boolean hasIdentity;

    /** For one side: the client or the server, with a certificate of its own or without. */
    HandshakeFailure(boolean isClient, boolean hasIdentity) {
        this.isClient = isClient;
        this.hasIdentity = hasIdentity;
    }

    /** The failure in words, with code TLS_FAILED. */
    TautwireException of(Throwable cause) {
        return new TautwireException(Code.TLS_FAILED, reason(cause), cause);
    }

    /**
     * What a client learns late: in TLS 1.3 the server looks at its certificate when its side of the handshake is
     * over. Null when the failure is of another kind.
     */
    TautwireException late(Throwable cause) {
        final String alert = alert(cause);
        return ABOUT_CERTIFICATES.contains(alert) || NOTHING_IN_COMMON.contains(alert) ? of(cause) : null;
    }

    private String reason(Throwable failure) {
        final String alert = alert(failure);
        if (!alert.isEmpty()) {
            return isClient ? serverSaid(alert) : clientSaid(alert);
        }
        Throwable innermost = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            final String known = known(cause);
            if (known != null) {
                return known;
            }
            innermost = cause;
        }
        return "the TLS handshake failed: " + innermost.getMessage();
    }

    private String known(Throwable cause) {
        if (cause instanceof OpenSslCertificateException) { // by Trust, for every provider
            return cause.getMessage();
        }
        if (cause instanceof NotSslRecordException) {
            return isClient
                    ? "the answer is plain bytes, not TLS: write tcp:// for this port, or name its tcps port"
                    : "plain bytes came where TLS is spoken: the client must write tcps:// for this port";
        }
        if (cause instanceof SslHandshakeTimeoutException) {
            return "the TLS handshake took too long: " + cause.getMessage();
        }
        if (cause instanceof ClosedChannelException) {
            return "the peer ended the connection during the TLS handshake"
                    + (isClient ? ": look at the server's log, and whether this is a tcps port" : "");
        }
        final String message = String.valueOf(cause.getMessage());
        if (cause instanceof IOException && !(cause instanceof SSLException)) {
            // Netty's text for native calls has the call's name and the error's number before it.
            return "the connection broke during the TLS handshake: "
                    + message.replaceFirst("^.*failed with error\\(-?\\d+\\): ", "");
        }
        return ofProvider(message);
    }

    /** From the sources of the JDK (sun.security.ssl) and the error names of BoringSSL. */
    private static String ofProvider(String message) {
        if (message.contains("PEER_DID_NOT_RETURN_A_CERTIFICATE")
                || message.contains("Empty client certificate chain")) {
            return "the client shows no certificate and tls_client_auth=required: it must give tls_cert and tls_key";
        }
        if (message.contains("UNSUPPORTED_PROTOCOL")
                || message.contains("not accepted by server preferences")
                || message.contains("is not enabled or supported")) {
            return "no TLS version in common: " + VERSIONS;
        }
        if (message.contains("NO_SHARED_CIPHER") || message.contains("no cipher suites in common")) {
            return "no cipher suite in common: " + VERSIONS;
        }
        return null;
    }

    private String serverSaid(String alert) {
        if (ABOUT_CERTIFICATES.contains(alert) && hasIdentity && !alert.equals(NO_CERTIFICATE)) {
            return "the server refuses the certificate of tls_cert (alert=" + alert
                    + "): take one of an authority that its tls_ca names; the server's log says more";
        }
        if (ABOUT_CERTIFICATES.contains(alert)) {
            return "the server requires a client certificate (alert=" + alert + "): give tls_cert and tls_key";
        }
        if (NOTHING_IN_COMMON.contains(alert)) {
            return "the server finds nothing in common (alert=" + alert + "): " + VERSIONS
                    + (hasIdentity ? "" : "; it may require a client certificate, given by tls_cert and tls_key");
        }
        return "the server ended the TLS handshake with alert=" + alert + ": look at its log";
    }

    private static String clientSaid(String alert) {
        if (ABOUT_CERTIFICATES.contains(alert)) {
            return "the client refuses the certificate of this listener (alert=" + alert
                    + "): look at its dates, at the client's tls_ca, and at the host it connects to";
        }
        if (NOTHING_IN_COMMON.contains(alert)) {
            return "the client finds nothing in common (alert=" + alert + "): " + VERSIONS;
        }
        return "the client ended the TLS handshake with alert=" + alert;
    }

    /** The alert that the peer sent, in the words of its standard; empty when it sent none. */
    private static String alert(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            final Matcher matcher = ALERT.matcher(String.valueOf(cause.getMessage()));
            if (matcher.find()) {
                return matcher.group(1).toLowerCase(Locale.ROOT);
            }
        }
        return "";
    }
}
