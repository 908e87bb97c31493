package io.tautwire.client;

import io.tautwire.transport.connection.Scheme;

/**
 * What a logon goes over, as an {@link Authenticator} is told.
 *
 * @param clientName who logs on.
 * @param scheme     how the bytes travel.
 * @param peer       the server's address, such as {@code 10.0.0.5:9007}, {@code [2001:db8::7]:9007} or
 *                   {@code unix:/run/tautwire.sock}.
 */
public record LogonContext(String clientName, Scheme scheme, String peer) {
    /** Whether nobody between the two can read along: true of {@code tcps} and {@code unix}. */
    public boolean isConfidential() {
        return scheme != Scheme.TCP;
    }

    /** Whether the server is on this machine: a Unix socket or a loopback address. */
    public boolean isLocal() {
        if (scheme == Scheme.UNIX) {
            return true;
        }
        final boolean isBracketed = peer.startsWith("[");
        final String host = isBracketed ? peer.substring(1, peer.length()) : peer;
        return isBracketed
                ? host.startsWith("::1]") || host.startsWith("0:0:0:0:0:0:0:1]") || host.startsWith("0:0:0:0:0:0:0:1%")
                : host.startsWith("127.");
    }
}
