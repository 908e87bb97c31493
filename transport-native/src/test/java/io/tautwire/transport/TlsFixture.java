package io.tautwire.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import io.tautwire.transport.connection.ConnectionString;
import io.tautwire.transport.connection.Io;
import io.tautwire.transport.internal.tls.Tls;
import java.nio.channels.ByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;

/** Two loops, and authorities whose certificates are shown and believed, or not. */
abstract class TlsFixture extends TransportFixture {
    @TempDir
    static Path directory;

    static TestAuthority authority;
    static TestAuthority stranger;
    static TestAuthority.PemFiles server;

    @BeforeAll
    static void makeCertificates() throws Exception {
        authority = TestAuthority.in(directory, "the authority");
        stranger = TestAuthority.in(directory, "a stranger");
        server = authority.server();
    }

    /** Every provider that is here. */
    static List<String> providers() {
        return Tls.unavailability() == null ? List.of("openssl", "jdk") : List.of("jdk");
    }

    /** Every provider at the client with every one at the server. */
    static Stream<Arguments> pairs() {
        return providers().stream()
                .flatMap(client -> providers().stream().map(listener -> Arguments.of(client, listener)));
    }

    @Override
    Io io() {
        return Io.AUTO;
    }

    static ConnectionString listenAt(TestAuthority.PemFiles identity, String provider, String more) {
        return ConnectionString.parseListener(
                "tcps://127.0.0.1:0?" + identity.options() + "&tls_provider=" + provider + more);
    }

    static ConnectionString target(Listener listener, String provider, String more) {
        return target("127.0.0.1:" + listener.port(), provider, more);
    }

    static ConnectionString target(String hosts, String provider, String more) {
        return ConnectionString.parse("tcps://" + hosts + "?tls_provider=" + provider + more);
    }

    static String trusting(TestAuthority authority) {
        return "&tls_ca=" + authority.file();
    }

    /** What the client learns: at connecting, or in TLS 1.3 a moment after. */
    TautwireException refusal(ConnectionString target) throws Exception {
        final CompletableFuture<Peer> connected = new CompletableFuture<>();
        clientLoop.connect(target, handler(connected, Peer::new));
        try {
            final Throwable cause = get(get(connected).closed).orElseThrow();
            return assertInstanceOf(TautwireException.class, cause, String.valueOf(cause));
        } catch (ExecutionException e) {
            return assertInstanceOf(TautwireException.class, e.getCause());
        }
    }

    static void assertTlsFailed(TautwireException failure, String... words) {
        assertEquals(Code.TLS_FAILED, failure.code(), failure.getMessage());
        assertEquals(1, failure.getMessage().lines().count(), failure.getMessage());
        for (final String word : words) {
            assertTrue(failure.getMessage().contains(word), word + " in " + failure.getMessage());
        }
    }

    @Override
    public ConnectionString listenAt() {
        return listenAt(server, "auto", "");
    }

    @Override
    public ConnectionString targetOf(Listener listener) {
        return target(listener, "auto", trusting(authority));
    }

    @Override
    public ConnectionString nobody() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ByteChannel plainSocket(Listener listener) {
        throw new UnsupportedOperationException();
    }
}
