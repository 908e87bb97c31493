package io.tautwire.system.e2e;

import static io.tautwire.system.e2e.Codes.assertCode;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.client.Client;
import io.tautwire.codec.sbe.Code;
import io.tautwire.server.Server;
import io.tautwire.transport.TestAuthority;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What users see when TLS does not come about; who is trusted, and why not, is held in the transport's tests. */
@Timeout(60)
final class TlsTest {
    @TempDir
    private Path directory;

    private TestAuthority authority;

    @BeforeEach
    void makeAuthority() throws Exception {
        authority = TestAuthority.in(directory, "authority");
    }

    @Test
    void aPlainClientAtATlsPortIsToldWhatToWrite() {
        try (TestServer server = TestServer.start(new Carrier("tcps", "auto"));
                Client client = new Client("plain")) {
            client.connect("tcp://127.0.0.1:" + server.port());
            final TautwireException refused = assertCode(Code.TLS_FAILED, () -> client.logon());
            assertTrue(refused.getMessage().contains("write tcps:// instead of tcp://"), refused.getMessage());
            assertEquals(0, refused.getMessage().lastIndexOf(Code.TLS_FAILED.name()), "the code is said once");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "jdk"})
    void aTlsClientAtAPlainPortIsToldWhatToWrite(String provider) {
        try (TestServer server = TestServer.start(Carrier.USUAL);
                Client client = new Client("secure")) {
            final TautwireException refused = assertCode(
                    Code.TLS_FAILED,
                    () -> client.connect("tcps://127.0.0.1:" + server.port() + "?tls_provider=" + provider));
            assertTrue(refused.getMessage().contains("write tcp:// for this port"), refused.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "jdk"})
    void aClientWithoutACertificateIsToldWhatToGive(String provider) throws Exception {
        final String listen = "tcps://127.0.0.1:0?" + authority.server().options() + "&tls_ca=" + authority.file()
                + "&tls_client_auth=required&tls_provider=" + provider;
        try (Server server = Server.builder().listen(listen).start();
                Client client = new Client("nobody");
                Client known = new Client("known")) {
            final String uri = "tcps://127.0.0.1:" + server.listeners().get(0).port() + "?tls_ca=" + authority.file()
                    + "&tls_provider=" + provider;
            final TautwireException refused =
                    assertCode(Code.TLS_FAILED, () -> client.connect(uri).logon());
            assertTrue(refused.getMessage().contains("give tls_cert and tls_key"), refused.getMessage());

            known.connect(uri + "&" + authority.client("alice").options()).logon();
        }
    }

    @Test
    void aServerOfAnotherAuthorityIsNotTalkedTo() {
        try (TestServer server = TestServer.start(new Carrier("tcps", "auto"));
                Client client = new Client("careful")) {
            final TautwireException refused = assertCode(
                    Code.TLS_FAILED,
                    () -> client.connect("tcps://127.0.0.1:" + server.port() + "?tls_ca=" + authority.file()));
            assertTrue(refused.getMessage().contains("CN=localhost"), refused.getMessage());
        }
    }
}
