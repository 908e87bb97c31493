package io.tautwire.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.cli.terminal.Stop;
import io.tautwire.codec.sbe.Code;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class DemoAuthorityTest {
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    @TempDir
    Path parent;

    private final Stop stop = new Stop();

    private static X509Certificate certificate(Path pem) throws Exception {
        try (InputStream in = Files.newInputStream(pem)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static PrivateKey key(Path pem) throws Exception {
        final List<String> lines = Files.readAllLines(pem);
        assertEquals("-----BEGIN PRIVATE KEY-----", lines.get(0));
        assertEquals("-----END PRIVATE KEY-----", lines.get(lines.size() - 1));
        final byte[] encoded = Base64.getDecoder().decode(String.join("", lines.subList(1, lines.size() - 1)));
        return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }

    private static void validate(X509Certificate certificate, X509Certificate authority) throws Exception {
        final PKIXParameters trust = new PKIXParameters(Set.of(new TrustAnchor(authority, null)));
        trust.setRevocationEnabled(false);
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate)), trust);
    }

    private Path fakeKeytool(String... lines) throws IOException {
        final Path program = parent.resolve("keytool");
        Files.createFile(program, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return Files.writeString(program, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    }

    private void assertNothingIsLeft() throws IOException {
        try (Stream<Path> files = Files.list(parent)) {
            assertEquals(List.of(), files.filter(Files::isDirectory).toList());
        }
    }

    @Test
    void signsACertificateOfTheLoopbackNamesWithAKeyThatIsItsOwn() throws Exception {
        try (DemoDirectory directory = DemoDirectory.in(parent)) {
            final DemoAuthority made = DemoAuthority.issue(directory, stop);
            final X509Certificate certificate = certificate(made.certificate());
            validate(certificate, certificate(made.authority()));
            assertEquals(
                    Set.of(List.of(DNS_NAME, "localhost"), List.of(IP_ADDRESS, "127.0.0.1")),
                    Set.copyOf(certificate.getSubjectAlternativeNames()));

            final Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key(made.key()));
            signature.update(new byte[] {1, 2, 3});
            final byte[] signed = signature.sign();
            signature.initVerify(certificate);
            signature.update(new byte[] {1, 2, 3});
            assertTrue(signature.verify(signed));
        }
    }

    @Test
    void isAnotherAuthorityEachTime() throws Exception {
        try (DemoDirectory one = DemoDirectory.in(parent);
                DemoDirectory other = DemoDirectory.in(parent)) {
            final X509Certificate certificate =
                    certificate(DemoAuthority.issue(one, stop).certificate());
            final X509Certificate stranger =
                    certificate(DemoAuthority.issue(other, stop).authority());
            assertThrows(CertPathValidatorException.class, () -> validate(certificate, stranger));
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void leavesOnlyWhatIsNeededForItsOwnerAloneAndThenNothing() throws Exception {
        try (DemoDirectory directory = DemoDirectory.in(parent)) {
            final DemoAuthority made = DemoAuthority.issue(directory, stop);
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.path())));
            try (Stream<Path> files = Files.list(directory.path())) {
                final Set<Path> all = files.collect(Collectors.toSet());
                assertEquals(Set.of(made.authority(), made.certificate(), made.key()), all);
                for (final Path file : all) {
                    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
                }
            }
        }
        assertNothingIsLeft();
    }

    @Test
    void aMissingKeytoolIsOneClearLine() throws Exception {
        try (DemoDirectory directory = DemoDirectory.in(parent)) {
            final Path missing = parent.resolve("bin/keytool");
            final TautwireException refused =
                    assertThrows(TautwireException.class, () -> new Keytool(missing, directory, stop));
            assertEquals(Code.IO_UNAVAILABLE, refused.code());
            assertTrue(refused.getMessage().contains("keytool=" + missing), refused.getMessage());
            assertFalse(refused.getMessage().contains("\n"), refused.getMessage());
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aKeytoolThatFailsIsHeard() throws Exception {
        final Path program = fakeKeytool("echo 'keytool error: no such thing'", "exit 1");
        try (DemoDirectory directory = DemoDirectory.in(parent)) {
            final Keytool keytool = new Keytool(program, directory, stop);
            final TautwireException refused =
                    assertThrows(TautwireException.class, () -> DemoAuthority.issue(directory, keytool));
            assertEquals(Code.IO_UNAVAILABLE, refused.code());
            assertTrue(refused.getMessage().contains("no such thing"), refused.getMessage());
        }
        assertNothingIsLeft();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void theUserNeedNotWaitForAKeytoolThatHangs() throws Exception {
        final Path program = fakeKeytool("exec sleep 600");
        stop.request();
        try (DemoDirectory directory = DemoDirectory.in(parent)) {
            final Keytool keytool = new Keytool(program, directory, stop);
            final TautwireException refused =
                    assertThrows(TautwireException.class, () -> DemoAuthority.issue(directory, keytool));
            assertEquals(Code.INTERRUPTED, refused.code());
        }
        assertNothingIsLeft();
        assertTrue(ProcessHandle.current()
                .children()
                .noneMatch(child -> child.info().command().orElse("").endsWith("sleep")));
    }
}
