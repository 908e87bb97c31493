package io.tautwire.transport.internal.tls;

import java.security.cert.CertificateException;

/** The peer's certificate is not accepted; the message says why and what to do, in one line for users. */
final class CertificateRefused extends CertificateException {
    private static final long serialVersionUID = 1L;

    CertificateRefused(String message, CertificateException cause) {
        super(message, cause);
    }
}
