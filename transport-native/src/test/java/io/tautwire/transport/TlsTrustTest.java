package io.tautwire.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who is believed to be who, with every provider on either side: each refusal says why on the side that knows. */
class TlsTrustTest extends TlsFixture {
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    private final Accepted<Peer> accepted = new Accepted<>(Peer::new);

    @ParameterizedTest
    @MethodSource("pairs")
    void refusesAServerOfAnotherAuthority(String client, String listener) throws Exception {
        final Listener at = serverLoop.listen(listenAt(stranger.server(), listener, ""), accepted);

        assertTlsFailed(
                failureOf(target(at, client, trusting(authority))),
                "127.0.0.1:" + at.port(),
                "CN=localhost",
                "issued by CN=a stranger",
                "tls_ca=" + authority.file());
        assertTlsFailed(get(accepted.refused), "peer=127.0.0.1:", "the client refuses the certificate");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void trustsTheSystemWhereNoAuthorityIsNamed(String provider) throws Exception {
        final Listener at = serverLoop.listen(listenAt(server, provider, ""), accepted);

        assertTlsFailed(failureOf(target(at, provider, "")), "the authorities of the system", "tls_ca");
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void refusesAServerOfAnotherName(String client, String listener) throws Exception {
        final var other = authority.issue("CN=whoever", builder -> builder.addSanDnsName("feeds.example.com")
                .addSanIpAddress("10.9.8.7"));
        final Listener at = serverLoop.listen(listenAt(other, listener, ""), accepted);

        assertTlsFailed(
                failureOf(target(at, client, trusting(authority))),
                "for feeds.example.com, 10.9.8.7, not for 127.0.0.1",
                "tls_server_name");
        assertTlsFailed(
                failureOf(target("localhost:" + at.port(), client, trusting(authority))),
                "for feeds.example.com, 10.9.8.7, not for localhost");
        assertTlsFailed(
                failureOf(target(at, client, trusting(authority) + "&tls_server_name=other.example.com")),
                "not for other.example.com");
        connect(target(at, client, trusting(authority) + "&tls_server_name=feeds.example.com"), Peer::new);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void verifiesANameAndAnAddress(String client, String listener) throws Exception {
        final Listener at = serverLoop.listen(listenAt(server, listener, ""), accepted);

        connect(target("localhost:" + at.port(), client, trusting(authority)), Peer::new);
        connect(target("127.0.0.1:" + at.port(), client, trusting(authority)), Peer::new);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void refusesAServerOutOfItsTime(String client, String listener) throws Exception {
        final Instant ended = NOW.minus(3, ChronoUnit.DAYS);
        final var expired = local(
                builder -> builder.notBefore(NOW.minus(30, ChronoUnit.DAYS)).notAfter(ended));
        final Instant begins = NOW.plus(3, ChronoUnit.DAYS);
        final var early = local(builder -> builder.notBefore(begins).notAfter(NOW.plus(30, ChronoUnit.DAYS)));

        assertTlsFailed(
                failureOf(target(
                        serverLoop.listen(listenAt(expired, listener, ""), accepted), client, trusting(authority))),
                "CN=localhost expired at " + ended);
        assertTlsFailed(
                failureOf(target(
                        serverLoop.listen(listenAt(early, listener, ""), accepted), client, trusting(authority))),
                "CN=localhost is not valid before " + begins);
    }

    private static TestAuthority.PemFiles local(UnaryOperator<io.netty.pkitesting.CertificateBuilder> validity)
            throws Exception {
        return authority.issue("CN=localhost", builder -> validity.apply(builder.addSanIpAddress("127.0.0.1")));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void requiresAClientCertificate(String client, String listener) throws Exception {
        final Listener at = serverLoop.listen(listenAt(server, listener, clientAuth("required")), accepted);

        assertTlsFailed(refusal(target(at, client, trusting(authority))), "client certificate", "tls_cert and tls_key");
        assertTlsFailed(get(accepted.refused), "shows no certificate", "tls_client_auth=required");
        assertTrue(!accepted.peer.isDone(), "it must not reach the acceptor");
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void refusesAClientOfAnotherAuthority(String client, String listener) throws Exception {
        for (final String auth : new String[] {"required", "optional"}) {
            final Accepted<Peer> each = new Accepted<>(Peer::new);
            final Listener at = serverLoop.listen(listenAt(server, listener, clientAuth(auth)), each);
            final String shown = "&" + stranger.client("mallory").options();

            assertTlsFailed(refusal(target(at, client, trusting(authority) + shown)), "refuses", "tls_cert");
            assertTlsFailed(get(each.refused), "CN=mallory", "issued by CN=a stranger", "tls_ca=" + authority.file());
            assertTrue(!each.peer.isDone(), "it must not reach the acceptor");
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void refusesAClientOutOfItsTime(String client, String listener) throws Exception {
        final Instant ended = NOW.minus(3, ChronoUnit.DAYS);
        final var expired = authority.issue("CN=alice", builder -> builder.notBefore(NOW.minus(30, ChronoUnit.DAYS))
                .notAfter(ended));
        final Listener at = serverLoop.listen(listenAt(server, listener, clientAuth("required")), accepted);

        assertTlsFailed(refusal(target(at, client, trusting(authority) + "&" + expired.options())), "tls_cert");
        assertTlsFailed(get(accepted.refused), "CN=alice expired at " + ended);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void tellsTheServerWhomTheClientsCertificateNames(String client, String listener) throws Exception {
        final String alice = "&" + authority.client("alice").options();
        for (final String auth : new String[] {"required", "optional"}) {
            final Accepted<Peer> each = new Accepted<>(Peer::new);
            final Listener at = serverLoop.listen(listenAt(server, listener, clientAuth(auth)), each);

            final Peer atClient = connect(target(at, client, trusting(authority) + alice), Peer::new);

            assertEquals("alice", get(each.peer).wire.certificateUser());
            assertEquals("", atClient.wire.certificateUser());
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void knowsNoUserWhereThereIsNoCertificateOrNoneIsAskedFor(String provider) throws Exception {
        final String alice = "&" + authority.client("alice").options();
        final Accepted<Peer> optional = new Accepted<>(Peer::new);
        connect(
                target(
                        serverLoop.listen(listenAt(server, provider, clientAuth("optional")), optional),
                        provider,
                        trusting(authority)),
                Peer::new);
        final Accepted<Peer> none = new Accepted<>(Peer::new);
        connect(
                target(serverLoop.listen(listenAt(server, provider, ""), none), provider, trusting(authority) + alice),
                Peer::new);

        assertEquals("", get(optional.peer).wire.certificateUser());
        assertEquals("", get(none.peer).wire.certificateUser());
    }

    @Test
    void takesNoUserFromACertificateThatNamesSeveral() throws Exception {
        final var two = authority.issue("CN=alice,CN=bob,O=x", builder -> builder);
        final Listener at = serverLoop.listen(listenAt(server, "auto", clientAuth("required")), accepted);

        connect(target(at, "auto", trusting(authority) + "&" + two.options()), Peer::new);

        assertEquals("", get(accepted.peer).wire.certificateUser());
    }

    private static String clientAuth(String word) {
        return trusting(authority) + "&tls_client_auth=" + word;
    }
}
