package io.tautwire.transport;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tautwire.transport.connection.ConnectionString;
import io.tautwire.transport.internal.tls.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.file.Path;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** TLS must do what every carrier does, whatever the mechanism and the provider. */
abstract class TlsTransportContract extends TransportContract {
    @TempDir
    static Path directory;

    private static TestAuthority authority;
    private static TestAuthority.PemFiles server;

    /** In the connection string's word. */
    abstract String provider();

    @BeforeAll
    static void makeCertificates() throws Exception {
        authority = TestAuthority.in(directory, "contract");
        server = authority.server();
    }

    @BeforeEach
    void requireProvider() {
        assumeTrue(provider().equals("jdk") || Tls.unavailability() == null, Tls.unavailability());
    }

    /** Closing in order has two seconds, in which all of it is encrypted and decrypted. */
    @Override
    int tooMuch() {
        return 16 << 20;
    }

    /** Each is a record. */
    @Override
    int manyWrites() {
        return 20_000;
    }

    @Override
    ConnectionString listenAt() {
        return ConnectionString.parseListener("tcps://127.0.0.1:0?" + server.options() + "&tls_provider=" + provider());
    }

    @Override
    ConnectionString targetOf(Listener listener) {
        return target(listener.port());
    }

    @Override
    ConnectionString nobody() {
        return target(TcpFixture.freePort());
    }

    private ConnectionString target(int port) {
        return ConnectionString.parse(
                "tcps://127.0.0.1:" + port + "?tls_ca=" + authority.file() + "&tls_provider=" + provider());
    }

    @Override
    ByteChannel plainSocket(Listener listener) throws IOException {
        return new TlsSocket(JdkTls.connect(authority.file(), listener.port()));
    }

    /** A blocking socket as a channel. */
    private static final class TlsSocket implements ByteChannel {
        private final SSLSocket socket;
        private final InputStream in;
        private final OutputStream out;

        TlsSocket(SSLSocket socket) throws IOException {
            this.socket = socket;
            in = socket.getInputStream();
            out = socket.getOutputStream();
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            final int read = in.read(into.array(), into.position(), into.remaining());
            into.position(into.position() + Math.max(0, read));
            return read;
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            final int length = from.remaining();
            out.write(from.array(), from.position(), length);
            from.position(from.limit());
            return length;
        }

        @Override
        public boolean isOpen() {
            return !socket.isClosed();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
