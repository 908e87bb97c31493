package io.tautwire.transport;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** TLS of the Java runtime, without anything of ours: the other side in tests. */
final class JdkTls {
    private JdkTls() {}

    /** A socket that trusts one authority and has done its handshake with a port of this machine. */
    static SSLSocket connect(Path authority, int port, String... versions) throws IOException {
        final SSLSocket socket =
                (SSLSocket) trusting(authority).getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        if (versions.length > 0) {
            socket.setEnabledProtocols(versions);
        }
        socket.startHandshake();
        return socket;
    }

    /** A port of this machine that shows a certificate. */
    static SSLServerSocket listen(TestAuthority.PemFiles identity, String... versions) throws Exception {
        final SSLContext context = SSLContext.getInstance("TLS");
        context.init(identity.bundle().toKeyManagerFactory().getKeyManagers(), null, null);
        final SSLServerSocket socket = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
        if (versions.length > 0) {
            socket.setEnabledProtocols(versions);
        }
        return socket;
    }

    /** TLS over a connected socket, which stays the caller's: closing that one cuts the connection. */
    static SSLSocket over(Socket socket, Path authority) throws IOException {
        final SSLSocket layered = (SSLSocket)
                trusting(authority).getSocketFactory().createSocket(socket, "127.0.0.1", socket.getPort(), false);
        layered.startHandshake();
        return layered;
    }

    private static SSLContext trusting(Path authority) throws IOException {
        try (InputStream pem = Files.newInputStream(authority)) {
            final KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry(
                    "a", CertificateFactory.getInstance("X.509").generateCertificate(pem));
            final TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            final SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }
}
