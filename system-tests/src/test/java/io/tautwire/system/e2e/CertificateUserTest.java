package io.tautwire.system.e2e;

import static io.tautwire.system.e2e.Codes.assertCode;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tautwire.client.Client;
import io.tautwire.codec.sbe.Code;
import io.tautwire.server.Server;
import io.tautwire.server.ServerAuthenticator;
import io.tautwire.transport.TestAuthority;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A verified certificate names its user: at listeners that other machines reach, with and without an authenticator. */
@Timeout(60)
final class CertificateUserTest {
    @TempDir
    private Path directory;

    private TestAuthority authority;

    @BeforeEach
    void makeAuthority() throws Exception {
        authority = TestAuthority.in(directory, "authority");
    }

    @ParameterizedTest
    @ValueSource(strings = {"openssl", "jdk"})
    void withoutAnAuthenticatorTheCertificateIsWhoItSays(String provider) throws Exception {
        try (Server server =
                Server.builder().listen(listener("required", provider)).start()) {
            try (Client alice = Client.connect(uri(server, "", "alice"), "n")) {
                assertEquals("alice", server.sessions().get(0).user());
                assertCode(Code.NAME_IN_USE, () -> Client.connect(uri(server, "", "bob"), "n"));
                assertCode(Code.AUTHENTICATION_FAILED, () -> Client.connect(uri(server, "bob@", "alice"), "m"));
                Client.connect(uri(server, "alice@", "alice"), "m").close();
                alice.publish("t", "x");
            }
        }
    }

    @Test
    void besideAnAuthenticatorItIsNotAskedAboutThem() throws Exception {
        final var users = ServerAuthenticator.passwords(Map.of("alice", "wonderland", "bob", "builder"));
        try (Server server = Server.builder()
                .listen(listener("optional", "auto"))
                .authenticator(users)
                .start()) {
            try (Client carol = Client.connect(uri(server, "", "carol"), "n")) {
                assertEquals("carol", server.sessions().get(0).user());
                assertCode(Code.NAME_IN_USE, () -> Client.connect(uri(server, "bob:builder@", ""), "n"));
                carol.publish("t", "x");
            }
            Client.connect(uri(server, "bob:builder@", "carol"), "m").close();
            assertCode(Code.AUTHENTICATION_FAILED, () -> Client.connect(uri(server, "bob@", "carol"), "m"));
            assertCode(Code.AUTHENTICATION_FAILED, () -> Client.connect(uri(server, "bob:wrong@", "bob"), "m"));
            assertCode(Code.AUTHENTICATION_FAILED, () -> Client.connect(uri(server, "", ""), "m"));
        }
    }

    private String listener(String clientAuth, String provider) throws Exception {
        return "tcps://0.0.0.0:0?" + authority.server().options() + "&tls_ca=" + authority.file() + "&tls_client_auth="
                + clientAuth + "&tls_provider=" + provider;
    }

    private String uri(Server server, String user, String certificate) throws Exception {
        return "tcps://" + user + "127.0.0.1:" + server.listeners().get(0).port() + "?tls_ca=" + authority.file()
                + (certificate.isEmpty()
                        ? ""
                        : "&" + authority.client(certificate).options());
    }
}
