package io.tautwire.cli.demo;

import io.tautwire.TautwireException;
import io.tautwire.cli.terminal.Stop;
import io.tautwire.codec.sbe.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.UUID;

/**
 * A certificate authority for one demonstration, and what it signed: a certificate of this machine's loopback names.
 * Its own key never leaves the store that is thrown away as soon as that is done, so nobody can sign with it again;
 * everything expires in a day.
 *
 * @param authority   PEM file of the authority's certificate, for clients to trust.
 * @param certificate PEM file of the server's certificate.
 * @param key         PEM file of the server's key, PKCS#8.
 */
record DemoAuthority(Path authority, Path certificate, Path key) {
    private static final String STORE = "store.p12";
    private static final String ISSUER = "authority";
    private static final String SERVER = "server";
    private static final int PEM_LINE = 64;

    /**
     * Makes one with the {@code keytool} of this Java runtime: the JDK has no public API that makes a certificate.
     *
     * @param directory where the files go.
     * @param stop      ends it before its time.
     * @throws TautwireException IO_UNAVAILABLE if there is no keytool, or it fails; INTERRUPTED if the user ended it.
     */
    static DemoAuthority issue(DemoDirectory directory, Stop stop) throws InterruptedException {
        return issue(directory, new Keytool(Keytool.ofThisRuntime(), directory, stop));
    }

    /** The same with any keytool. */
    static DemoAuthority issue(DemoDirectory directory, Keytool keytool) throws InterruptedException {
        final Path store = directory.file(STORE);
        final String password = UUID.randomUUID().toString();
        keytool.makeKey(
                store, password, ISSUER, "-dname", "CN=Tautwire demo", "-ext", "bc:c", "-ext", "ku:c=keyCertSign");
        keytool.makeKey(
                store,
                password,
                SERVER,
                "-dname",
                "CN=localhost",
                "-signer",
                ISSUER,
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-ext",
                "ku:c=digitalSignature",
                "-ext",
                "eku=serverAuth");
        try {
            final KeyStore keys = KeyStore.getInstance(store.toFile(), password.toCharArray());
            final DemoAuthority made = new DemoAuthority(
                    directory.write("authority.pem", pem(keys.getCertificate(ISSUER))),
                    directory.write("certificate.pem", pem(keys.getCertificate(SERVER))),
                    directory.write(
                            "key.pem",
                            pem(
                                    "PRIVATE KEY",
                                    keys.getKey(SERVER, password.toCharArray()).getEncoded())));
            Files.delete(store);
            return made;
        } catch (final GeneralSecurityException e) {
            throw new TautwireException(Code.INTERNAL, "what keytool made cannot be read: " + e.getMessage(), e);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String pem(Certificate certificate) throws GeneralSecurityException {
        return pem("CERTIFICATE", certificate.getEncoded());
    }

    private static String pem(String what, byte[] encoded) {
        final Base64.Encoder lines = Base64.getMimeEncoder(PEM_LINE, new byte[] {'\n'});
        return "-----BEGIN %s-----\n%s\n-----END %1$s-----\n".formatted(what, lines.encodeToString(encoded));
    }
}
