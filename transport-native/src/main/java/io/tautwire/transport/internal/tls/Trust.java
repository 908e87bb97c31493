package io.tautwire.transport.internal.tls;

import io.netty.handler.ssl.OpenSslCertificateException;
import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import io.tautwire.transport.connection.ConnectionOption;
import io.tautwire.transport.connection.ConnectionString;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Decides as the Java runtime does, host name included, and says in words why a certificate is refused. The authorities
 * are those of {@code tls_ca}, or the system's where it is not given.
 */
final class Trust extends X509ExtendedTrustManager {
    // From OpenSSL's x509_vfy.h.
    private static final int NOT_YET_VALID = 9;
    private static final int HAS_EXPIRED = 10;
    private static final int NO_ISSUER = 20;
    private static final int HOSTNAME_MISMATCH = 62;

    private final X509ExtendedTrustManager judge;
    private final String authorities;

    private Trust(X509ExtendedTrustManager judge, String authorities) {
        this.judge = judge;
        this.authorities = authorities;
    }

    /**
     * Reads whom to trust.
     *
     * @throws TautwireException CONFIGURATION_INVALID.
     */
    static Trust of(ConnectionString options) {
        final String path = options.option(ConnectionOption.TLS_CA);
        try {
            if (path == null) {
                return new Trust(judge(null), "the authorities of the system: name its authority with tls_ca");
            }
            final KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (final X509Certificate authority :
                    PemFile.read(ConnectionOption.TLS_CA, path).certificates()) {
                store.setCertificateEntry(String.valueOf(store.size()), authority);
            }
            return new Trust(judge(store), "tls_ca=" + path);
        } catch (GeneralSecurityException | IOException e) {
            throw new TautwireException(
                    Code.CONFIGURATION_INVALID,
                    "the trusted authorities cannot be read: " + e.getMessage() + "; name them with tls_ca",
                    e);
        }
    }

    private static X509ExtendedTrustManager judge(KeyStore store) throws GeneralSecurityException {
        final TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (final TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager) {
                return (X509ExtendedTrustManager) manager;
            }
        }
        throw new GeneralSecurityException("the Java runtime has no X.509 trust manager");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        try {
            judge.checkServerTrusted(chain, type, engine);
        } catch (CertificateException e) {
            throw refused(chain, isTrustedButForHost(chain, type) ? wrongHost(chain[0], engine) : null, e);
        }
    }

    /** The same without an engine asks for everything but the host. */
    private boolean isTrustedButForHost(X509Certificate[] chain, String type) {
        try {
            judge.checkServerTrusted(chain, type);
            return true;
        } catch (CertificateException e) {
            return false;
        }
    }

    private static String wrongHost(X509Certificate certificate, SSLEngine engine) {
        return "the server's certificate is for " + CertificateText.hosts(certificate) + ", not for "
                + engine.getPeerHost() + ": connect by a name that it has, or name one with tls_server_name";
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        try {
            judge.checkClientTrusted(chain, type, engine);
        } catch (CertificateException e) {
            throw refused(chain, null, e);
        }
    }

    private CertificateException refused(X509Certificate[] chain, String wrongHost, CertificateException cause) {
        if (wrongHost != null) {
            return refused(wrongHost, HOSTNAME_MISMATCH, cause);
        }
        for (final X509Certificate certificate : chain) {
            final String named = "the certificate of " + CertificateText.subject(certificate);
            try {
                certificate.checkValidity();
            } catch (CertificateExpiredException e) {
                final Instant end = certificate.getNotAfter().toInstant();
                return refused(named + " expired at " + end + ": have it renewed", HAS_EXPIRED, cause);
            } catch (CertificateNotYetValidException e) {
                final Instant begin = certificate.getNotBefore().toInstant();
                return refused(
                        named + " is not valid before " + begin + ": look at the clock of this machine",
                        NOT_YET_VALID,
                        cause);
            }
        }
        return refused(
                "the certificate of " + CertificateText.subject(chain[0]) + ", issued by "
                        + CertificateText.issuer(chain[0]) + ", leads to none of " + authorities + " ("
                        + cause.getMessage() + ")",
                NO_ISSUER,
                cause);
    }

    /** In the form that tells BoringSSL which alert to send; the JDK looks at the cause. */
    private static CertificateException refused(String why, int openSslCode, CertificateException cause) {
        return new OpenSslCertificateException(why, cause.getCause() == null ? cause : cause.getCause(), openSslCode);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw withoutEngine();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw withoutEngine();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw withoutEngine();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw withoutEngine();
    }

    /** Whoever asks without an engine would get an answer that says nothing about the host. */
    private static CertificateException withoutEngine() {
        return new CertificateException("a certificate is judged for the engine of its connection only");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return judge.getAcceptedIssuers();
    }
}
