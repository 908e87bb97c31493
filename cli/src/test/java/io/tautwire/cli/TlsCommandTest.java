package io.tautwire.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands over TLS, against a server that is one of them. */
final class TlsCommandTest {
    private static final String LISTENING = "listening on ";

    @TempDir
    Path directory;

    private CommandRun server;
    private String uri;
    private String trusting;

    @BeforeEach
    void serve() throws Exception {
        final X509Bundle authority = new CertificateBuilder()
                .ecp256()
                .subject("CN=authority")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        final X509Bundle issued = new CertificateBuilder()
                .ecp256()
                .subject("CN=localhost")
                .addSanIpAddress("127.0.0.1")
                .buildIssuedBy(authority);
        final Path trusted = Files.writeString(directory.resolve("ca.pem"), authority.getCertificatePEM());
        final Path certificate = Files.writeString(directory.resolve("cert.pem"), issued.getCertificatePathPEM());
        final Path key = Files.writeString(directory.resolve("key.pem"), issued.getPrivateKeyPEM());
        server = CommandRun.start(
                "serve", "--listen", "tcps://127.0.0.1:0/?tls_cert=" + certificate + "&tls_key=" + key);
        server.awaitOut("\n");
        uri = server.outLines().get(0).substring(LISTENING.length());
        trusting = uri + "?tls_ca=" + trusted;
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    private static void assertFails(String word, CommandRun run) {
        assertEquals(1, run.exitCode(), run.err());
        assertEquals(1, run.errLines().size(), run.err());
        assertTrue(run.err().contains(word), run.err());
    }

    @Test
    void theServerSaysWhereItIsWithoutItsOwnFiles() {
        assertTrue(uri.startsWith("tcps://127.0.0.1:"), uri);
        assertFalse(uri.contains("?"), uri);
    }

    @Test
    void whatIsPublishedArrives() {
        try (CommandRun subscriber = CommandRun.start("subscribe", trusting, "trades/#", "--count", "2")) {
            subscriber.awaitErr("subscribed");
            final CommandRun publisher = CommandRun.runWithInput("one\ntwo\n", "publish", trusting, "trades/BTCUSD");
            assertEquals(0, publisher.exitCode(), publisher.err());
            subscriber.awaitEnd();
            assertEquals(0, subscriber.exitCode(), subscriber.err());
            assertEquals(List.of("one", "two"), subscriber.outLines());
        }
    }

    @Test
    void pingTimesRoundTrips() {
        final CommandRun run = CommandRun.run("ping", trusting, "--count", "100", "--json");
        assertEquals(0, run.exitCode(), run.err());
        assertEquals("", run.err());
    }

    @Test
    void anAuthorityThatIsNotTrustedIsOneLine() {
        assertFails("TLS_FAILED", CommandRun.run("ping", uri));
    }

    @Test
    void anAuthorityThatIsNotTrustedIsNotWaitedFor() {
        final String store = directory.resolve("store").toString();
        assertFails("TLS_FAILED", CommandRun.runWithInput("one\n", "publish", uri, "t", "--store", store));
        assertFails("TLS_FAILED", CommandRun.run("subscribe", uri, "t", "--bookmark-store", store + "-2"));
    }

    @Test
    void plainBytesAtThePortOfTlsAreOneLine() {
        assertFails("tcps://", CommandRun.run("ping", uri.replace("tcps:", "tcp:")));
    }

    @Test
    void aFileThatIsNotThereIsWrongUsage() {
        final CommandRun run = CommandRun.run("ping", uri + "?tls_ca=" + directory.resolve("nowhere.pem"));
        assertEquals(2, run.exitCode(), run.err());
        assertEquals(1, run.errLines().size(), run.err());
        assertTrue(run.err().contains("nowhere.pem"), run.err());
    }

    @Test
    void aFileThatIsNoCertificateIsWrongUsageHoweverLateItIsFoundOut() throws Exception {
        final Path none = Files.writeString(directory.resolve("none.pem"), "none");
        final String store = directory.resolve("store").toString();
        final CommandRun run =
                CommandRun.runWithInput("one\n", "publish", uri + "?tls_ca=" + none, "t", "--store", store);
        assertEquals(2, run.exitCode(), run.err());
        assertEquals(1, run.errLines().size(), run.err());
        assertTrue(run.err().contains("none.pem"), run.err());
    }
}
