package io.tautwire.transport;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The two families of addresses, IPv4 and IPv6. */
final class Families {
    private Families() {}

    /** One family before the other; within a family the order stays. */
    static List<InetAddress> inOrder(List<InetAddress> addresses, boolean ipv6First) {
        final List<InetAddress> ordered = new ArrayList<>(addresses);
        ordered.sort(Comparator.comparing(address -> isIpv6(address) != ipv6First)); // false comes first
        return ordered;
    }

    /** Those of the same family as another one. */
    static List<InetAddress> like(InetAddress other, List<InetAddress> addresses) {
        return addresses.stream()
                .filter(address -> isIpv6(address) == isIpv6(other))
                .toList();
    }

    /** IPv4 or IPv6. */
    static String word(InetAddress address) {
        return isIpv6(address) ? "IPv6" : "IPv4";
    }

    private static boolean isIpv6(InetAddress address) {
        return address instanceof Inet6Address;
    }
}
