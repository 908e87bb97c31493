package io.tautwire.transport.internal.tls;

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
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Decides as the Java runtime does, host name included, and says in words why a certificate is refused. The authorities
 * are those of {@code tls_ca}, or the system's where it is not given.
 */
final class Trust extends X509ExtendedTrustManager {
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

    private CertificateRefused refused(X509Certificate[] chain, String wrongHost, CertificateException cause) {
        if (wrongHost != null) {
            return new CertificateRefused(wrongHost, cause);
        }
        for (final X509Certificate certificate : chain) {
            final String outOfTime = outOfTime(certificate);
            if (outOfTime != null) {
                return new CertificateRefused(outOfTime, cause);
            }
        }
        return new CertificateRefused(
                "the certificate of " + CertificateText.subject(chain[0]) + ", issued by "
                        + CertificateText.issuer(chain[0]) + ", leads to none of " + authorities + " ("
                        + cause.getMessage() + ")",
                cause);
    }

    private static String outOfTime(X509Certificate certificate) {
        final String named = "the certificate of " + CertificateText.subject(certificate);
        try {
            certificate.checkValidity();
            return null;
        } catch (CertificateExpiredException e) {
            return named + " expired at " + certificate.getNotAfter().toInstant() + ": have it renewed";
        } catch (CertificateNotYetValidException e) {
            return named + " is not valid before " + certificate.getNotBefore().toInstant()
                    + ": look at the clock of this machine";
        }
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
