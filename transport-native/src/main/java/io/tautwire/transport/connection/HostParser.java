package io.tautwire.transport.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads the hosts and ports of one string. */
final class HostParser {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,9}");

    private final Faults faults;
    private final boolean isIgnored;
    private final int leastPort;
    private final List<HostPort> hosts = new ArrayList<>();

    /** For a string of this scheme, or null where it is unknown. */
    HostParser(Scheme scheme, Side side, Faults faults) {
        this.faults = faults;
        this.isIgnored = scheme == Scheme.UNIX;
        this.leastPort = side == Side.LISTENER ? 0 : 1;
    }

    List<HostPort> parse(String text) {
        if (text.isEmpty() && isIgnored) {
            return List.of();
        }
        for (final String part : text.split(",", -1)) {
            if (part.startsWith("[")) {
                bracketed(part);
            } else if (part.indexOf('[') >= 0 || part.indexOf(']') >= 0) {
                faults.add(
                        "host=" + quote(part) + " has bad brackets: accepted is [IPv6 address] or [IPv6 address]:port");
            } else if (part.indexOf(':') != part.lastIndexOf(':')) {
                faults.add("host=" + quote(part) + " has several colons: an IPv6 address stands in brackets, [::1]:"
                        + ConnectionString.DEFAULT_PORT + "; a colon in a user is written %3A");
            } else {
                plain(part);
            }
        }
        return hosts;
    }

    private void bracketed(String part) {
        final int close = part.indexOf(']');
        final String after = part.substring(close + 1);
        if (close < 0 || !after.isEmpty() && !after.startsWith(":")) {
            faults.add("host=" + quote(part) + " has bad brackets: accepted is [IPv6 address] or [IPv6 address]:port");
            return;
        }
        final String inside = part.substring(1, close);
        final String host = inside.replace("%25", "%");
        if (!Addresses.isIpv6(host) || inside.indexOf('%') >= 0 && !inside.contains("%25")) {
            faults.add("host=" + quote("[" + inside + "]")
                    + " is no IPv6 address: accepted is for example [::1], [2001:db8::7] or [fe80::1%25eth0]");
        }
        hosts.add(new HostPort(host, after.isEmpty() ? ConnectionString.DEFAULT_PORT : port(after.substring(1))));
    }

    private void plain(String part) {
        final int colon = part.indexOf(':');
        final String host = colon < 0 ? part : part.substring(0, colon);
        if (host.isEmpty() && !isIgnored) {
            faults.add("host is empty: write a name, an IPv4 address, or an IPv6 address in brackets");
        } else if (!host.isEmpty() && !Addresses.isHost(host)) {
            faults.add("host=" + quote(host)
                    + " is neither a name nor an address: accepted are names of letters, digits, - and dots, IPv4"
                    + " addresses, and IPv6 addresses in brackets");
        }
        hosts.add(new HostPort(host, colon < 0 ? ConnectionString.DEFAULT_PORT : port(part.substring(colon + 1))));
    }

    private int port(String text) {
        final boolean isNumber = NUMBER.matcher(text).matches();
        final int port = isNumber ? Integer.parseInt(text) : -1;
        final boolean isAccepted = isIgnored ? port >= 0 : port >= leastPort && port <= ConnectionString.MAX_PORT;
        if (isAccepted) {
            return port;
        }
        final String wrong = text.isEmpty()
                ? "port is empty"
                : "port=" + quote(text) + (isNumber ? " is out of range" : " is no number");
        faults.add(wrong + ": accepted is " + leastPort + " to " + ConnectionString.MAX_PORT + ", or no colon for "
                + ConnectionString.DEFAULT_PORT);
        return ConnectionString.DEFAULT_PORT;
    }

    private String quote(String piece) {
        return faults.mask().quote(piece);
    }
}
