package io.tautwire.transport;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** An authority that lives for a test, and the PEM files of those it vouches for. */
public final class TestAuthority {
    private final Path directory;
    private final X509Bundle authority;
    private final Path certificate;

    /** A certificate chain and its key, each in a PEM file. */
    public record PemFiles(Path certificate, Path key, X509Bundle bundle) {
        /** As options of a connection string. */
        public String options() {
            return "tls_cert=" + certificate + "&tls_key=" + key;
        }
    }

    private TestAuthority(Path directory, X509Bundle authority, Path certificate) {
        this.directory = directory;
        this.authority = authority;
        this.certificate = certificate;
    }

    /** A new authority, with a name of its own, whose files are put into a directory. */
    public static TestAuthority in(Path directory, String name) throws Exception {
        final X509Bundle authority = new CertificateBuilder()
                .ecp256()
                .subject("CN=" + name)
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        return new TestAuthority(
                directory, authority, write(directory, name.replace(" ", "-") + ".ca", authority.getCertificatePEM()));
    }

    /** The file that {@code tls_ca} is to name. */
    public Path file() {
        return certificate;
    }

    /** A server at this machine: {@code localhost} and the loopback addresses. */
    public PemFiles server() throws Exception {
        return issue("CN=localhost", builder -> builder.addSanDnsName("localhost")
                .addSanIpAddress("127.0.0.1")
                .addSanIpAddress("::1"));
    }

    /** A client of this name. */
    public PemFiles client(String name) throws Exception {
        return issue("CN=" + name, builder -> builder.addExtendedKeyUsageClientAuth());
    }

    /** Whoever the builder describes. */
    public PemFiles issue(String subject, UnaryOperator<CertificateBuilder> description) throws Exception {
        final X509Bundle issued = description
                .apply(new CertificateBuilder().ecp256().subject(subject))
                .buildIssuedBy(authority);
        final String name =
                Files.createTempFile(directory, "issued", "").getFileName().toString();
        return new PemFiles(
                write(directory, name + ".pem", issued.getCertificatePathPEM()),
                write(directory, name + ".key", issued.getPrivateKeyPEM()),
                issued);
    }

    private static Path write(Path directory, String name, String pem) throws IOException {
        return Files.writeString(directory.resolve(name), pem);
    }
}
