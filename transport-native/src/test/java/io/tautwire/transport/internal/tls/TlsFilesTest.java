package io.tautwire.transport.internal.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import io.tautwire.transport.connection.ConnectionString;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files that a connection string names: what fits is taken, and what does not is one clear error. */
class TlsFilesTest {
    @TempDir
    static Path directory;

    private static X509Bundle authority;
    private static X509Bundle server;
    private static Path cert;
    private static Path key;

    @BeforeAll
    static void makeFiles() throws Exception {
        authority = new CertificateBuilder()
                .ecp256()
                .subject("CN=authority")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        server = new CertificateBuilder().ecp256().subject("CN=server").buildIssuedBy(authority);
        cert = file("good.pem", server.getCertificatePathPEM());
        key = file("good.key", server.getPrivateKeyPEM());
    }

    private static Path file(String name, String text) throws Exception {
        return Files.writeString(directory.resolve(name), text);
    }

    private static String pem(String type, byte[] bytes) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
                + "\n-----END " + type + "-----\n";
    }

    private static Tls listener(Path cert, Path key) {
        return listener(cert, key, "");
    }

    private static Tls listener(Path cert, Path key, String more) {
        return Tls.of(ConnectionString.parseListener("tcps://localhost:0?tls_cert=" + cert + "&tls_key=" + key + more));
    }

    private static void assertRefused(TautwireException refused, String... words) {
        assertEquals(Code.CONFIGURATION_INVALID, refused.code());
        assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
        for (final String word : words) {
            assertTrue(refused.getMessage().contains(word), word + " in " + refused.getMessage());
        }
    }

    private static TautwireException refusedKey(String name, String text) throws Exception {
        final Path file = file(name, text);
        return assertThrows(TautwireException.class, () -> listener(cert, file));
    }

    private static TautwireException refusedCert(String name, String text) throws Exception {
        final Path file = file(name, text);
        return assertThrows(TautwireException.class, () -> listener(file, key));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "openssl"})
    void takesKeysOfBothKinds(String provider) throws Exception {
        assumeTrue(provider.equals("jdk") || Tls.unavailability() == null, Tls.unavailability());
        final X509Bundle rsa =
                new CertificateBuilder().rsa2048().subject("CN=rsa").buildIssuedBy(authority);
        final Path both = file("both.pem", "a comment\n" + rsa.getPrivateKeyPEM() + "\n" + rsa.getCertificatePathPEM());
        for (final Tls tls : new Tls[] {
            listener(cert, key, "&tls_provider=" + provider), listener(both, both, "&tls_provider=" + provider)
        }) {
            assertEquals(provider, tls.provider());
            tls.release();
        }
    }

    @Test
    void takesBoringSslWhereItIs() {
        final Tls tls = listener(cert, key);
        assertEquals(Tls.unavailability() == null ? "openssl" : "jdk", tls.provider());
        tls.release();
        if (System.getProperty("os.name").equals("Linux")) {
            assertNull(Tls.unavailability(), "a missing native library must show");
        }
    }

    @ParameterizedTest
    @CsvSource({"tls_cert", "tls_key", "tls_ca"})
    void refusesWhatCannotBeRead(String option) throws Exception {
        final Path missing = directory.resolve("missing.pem");
        assertRefused(refused(option, missing), option + "=" + missing, "does not exist");
        assertRefused(refused(option, directory), option + "=" + directory, "is a directory");
        final Path garbage = Files.write(directory.resolve("garbage"), new byte[] {0, 1, (byte) 200, '-', 13});
        assertRefused(refused(option, garbage), option + "=" + garbage, "is no PEM file");
        final Path large = Files.write(directory.resolve("large"), new byte[2 << 20]);
        assertRefused(refused(option, large), option + "=" + large, "longer than 1048576 bytes");
    }

    private static TautwireException refused(String option, Path file) {
        return assertThrows(
                TautwireException.class,
                () -> listener(
                        option.equals("tls_cert") ? file : cert,
                        option.equals("tls_key") ? file : key,
                        option.equals("tls_ca") ? "&tls_client_auth=required&tls_ca=" + file : ""));
    }

    @Test
    void refusesAKeyInAnotherForm() throws Exception {
        final byte[] encoded = server.getKeyPair().getPrivate().getEncoded();
        assertRefused(
                refusedKey("encrypted.key", pem("ENCRYPTED PRIVATE KEY", encoded)), "is encrypted", "openssl pkey -in");
        assertRefused(
                refusedKey("rsa.key", pem("RSA PRIVATE KEY", encoded)),
                "BEGIN RSA PRIVATE KEY, not PKCS#8",
                "openssl pkcs8 -topk8 -nocrypt -in " + directory.resolve("rsa.key"));
        assertRefused(refusedKey("ec.key", pem("EC PRIVATE KEY", encoded)), "BEGIN EC PRIVATE KEY, not PKCS#8");
        assertRefused(
                refusedKey(
                        "old.key",
                        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA\n"
                                + "-----END RSA PRIVATE KEY-----\n"),
                "is encrypted");
    }

    @Test
    void refusesWhatIsNoKeyOrNoCertificate() throws Exception {
        assertRefused(refusedKey("only.key", server.getCertificatePEM()), "holds 0 private keys");
        assertRefused(
                refusedKey("two.key", server.getPrivateKeyPEM() + "\n" + server.getPrivateKeyPEM()), "2 private keys");
        assertRefused(refusedCert("only.pem", server.getPrivateKeyPEM()), "tls_cert=", "holds no certificate");
        assertRefused(refusedCert("bad.pem", pem("CERTIFICATE", new byte[100])), "cannot be read");
        assertRefused(
                refusedCert("torn.pem", "-----BEGIN CERTIFICATE-----\nAAA\n-----END CERTIFICATE-----\n"), "tls_cert=");
    }

    @Test
    void refusesAKeyOfAnotherKind() throws Exception {
        final KeyPair edwards = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        final byte[] encoded = edwards.getPrivate().getEncoded();
        assertRefused(refusedKey("ed.key", pem("PRIVATE KEY", encoded)), "accepted are RSA and EC keys");
    }

    @Test
    void refusesAKeyThatIsNotTheCertificates() throws Exception {
        final X509Bundle other =
                new CertificateBuilder().ecp256().subject("CN=other").buildIssuedBy(authority);
        final TautwireException refused = refusedKey("other.key", other.getPrivateKeyPEM());
        assertRefused(refused, "tls_key=", "does not belong to the first certificate of tls_cert=" + cert);
        final X509Bundle rsa =
                new CertificateBuilder().rsa2048().subject("CN=rsa").buildIssuedBy(authority);
        assertRefused(refusedKey("kind.key", rsa.getPrivateKeyPEM()), "does not belong");
        assertRefused(
                refusedCert("order.pem", authority.getCertificatePEM() + "\n" + server.getCertificatePEM()),
                "put the own certificate before those of its authorities");
    }

    @Test
    void showsNothingOfAKey() throws Exception {
        final String base64 = Base64.getEncoder()
                .encodeToString(server.getKeyPair().getPrivate().getEncoded());
        for (final String text : new String[] {
            pem("PRIVATE KEY", base64.getBytes()),
            pem("RSA PRIVATE KEY", server.getKeyPair().getPrivate().getEncoded()),
            pem("PRIVATE KEY", server.getKeyPair().getPrivate().getEncoded()).replace("BEGIN", "BEGINN"),
            "-----BEGIN PRIVATE KEY-----\n" + base64.substring(3) + "\n-----END PRIVATE KEY-----\n"
        }) {
            final TautwireException refused = refusedKey("secret.key", text);
            for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
                assertFalse(String.valueOf(cause).contains(base64.substring(40, 60)), cause.toString());
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CN=alice | alice",
                "CN=alice,OU=a,O=b,C=DE | alice",
                "OU=x+CN=alice,O=b | alice",
                "CN=\"Smith, John\" | Smith, John",
                "O=none | ''",
                "CN=alice,CN=bob | ''",
                "CN=alice+CN=bob | ''",
                "CN=a\\0Ab | ''",
            })
    void takesTheOnlyCommonName(String subject, String user) {
        assertEquals(user, CertificateText.commonName(new X500Principal(subject)));
    }

    @Test
    void takesNoNameThatCouldBeNoUser() {
        assertEquals("a".repeat(255), CertificateText.commonName(new X500Principal("CN=" + "a".repeat(255))));
        assertEquals("", CertificateText.commonName(new X500Principal("CN=" + "a".repeat(256))));
    }
}
