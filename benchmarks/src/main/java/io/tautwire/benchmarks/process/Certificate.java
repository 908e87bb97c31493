package io.tautwire.benchmarks.process;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A throw-away authority and its certificate for this machine's loopback, for a server that lives for one trial. */
final class Certificate {
    /** What the listener adds to its connection string. */
    final Map<String, String> ofListener;

    /** What clients add to theirs. */
    final Map<String, String> ofClient;

    /**
     * Makes both.
     *
     * @param scratch where their files go.
     */
    Certificate(Scratch scratch) throws IOException {
        try {
            final X509Bundle authority = new CertificateBuilder()
                    .ecp256()
                    .subject("CN=Tautwire benchmarks")
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned();
            final X509Bundle server = new CertificateBuilder()
                    .ecp256()
                    .subject("CN=localhost")
                    .addSanDnsName("localhost")
                    .addSanIpAddress("127.0.0.1")
                    .addSanIpAddress("::1")
                    .buildIssuedBy(authority);
            ofListener = Map.of(
                    "tls_cert", write(scratch.file("server.pem"), server.getCertificatePathPEM()),
                    "tls_key", write(scratch.file("server.key"), server.getPrivateKeyPEM()));
            ofClient = Map.of("tls_ca", write(scratch.file("ca.pem"), authority.getCertificatePEM()));
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("this JVM makes no certificates", e);
        }
    }

    private static String write(Path file, String pem) throws IOException {
        return Files.writeString(file, pem).toString();
    }
}
