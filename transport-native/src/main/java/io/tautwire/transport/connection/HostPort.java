package io.tautwire.transport.connection;

/**
 * One address of a connection string.
 *
 * @param host a name, an IPv4 literal, or an IPv6 literal without its brackets (a zone follows {@code %}).
 * @param port the port; {@link ConnectionString#DEFAULT_PORT} when the string gives none, 0 in a listener's string for
 *             any free one.
 */
public record HostPort(String host, int port) {
    /** As it stands in a connection string: IPv6 in brackets, the port always written. */
    @Override
    public String toString() {
        final boolean isIpv6 = host.indexOf(':') >= 0;
        return (isIpv6 ? "[" + host.replace("%", "%25") + "]" : host) + ":" + port;
    }
}
