package io.tautwire.transport.internal.tls;

import io.tautwire.transport.connection.ConnectionOption;
import io.tautwire.transport.connection.ConnectionString;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;

/** A certificate chain, the own certificate first, and the key to it. */
record Identity(List<X509Certificate> chain, PrivateKey key) {
    private static final byte[] PROBE = "tautwire".getBytes(StandardCharsets.US_ASCII);

    /**
     * Reads {@code tls_cert} and {@code tls_key}; null where the string has neither.
     *
     * @throws io.tautwire.TautwireException CONFIGURATION_INVALID, also when they do not belong together.
     */
    static Identity of(ConnectionString options) {
        if (!options.isGiven(ConnectionOption.TLS_CERT)) {
            return null;
        }
        final String certPath = options.option(ConnectionOption.TLS_CERT);
        final List<X509Certificate> chain =
                PemFile.read(ConnectionOption.TLS_CERT, certPath).certificates();
        final PemFile keyFile = PemFile.read(ConnectionOption.TLS_KEY, options.option(ConnectionOption.TLS_KEY));
        final PrivateKey key = keyFile.privateKey();
        if (!belongsTo(chain.get(0).getPublicKey(), key)) {
            throw keyFile.fault(
                    "does not belong to the first certificate of tls_cert=" + certPath
                            + ": name the key it was made with, and put the own certificate before those of its"
                            + " authorities",
                    null);
        }
        return new Identity(chain, key);
    }

    private static boolean belongsTo(PublicKey certified, PrivateKey key) {
        if (!certified.getAlgorithm().equals(key.getAlgorithm())) {
            return false;
        }
        try {
            final Signature signature =
                    Signature.getInstance(key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA");
            signature.initSign(key);
            signature.update(PROBE);
            final byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false; // another curve, say
        }
    }

    @Override
    public String toString() {
        return "certificate of " + CertificateText.subject(chain.get(0));
    }
}
