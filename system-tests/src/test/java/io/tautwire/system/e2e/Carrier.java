package io.tautwire.system.e2e;

import java.util.List;

/** What carries the bytes between client and server: a scheme, the system's mechanism, and the provider of TLS. */
public record Carrier(String scheme, String io, String tlsProvider) {
    private static final String NATIVE =
            System.getProperty("os.name").startsWith("Linux") ? "epoll" : "auto"; // a missing native library must show

    /** The one to use where it makes no difference. */
    public static final Carrier USUAL = new Carrier("tcp", "auto");

    /** Without TLS, or with the provider that is taken by default. */
    public Carrier(String scheme, String io) {
        this(scheme, io, "auto");
    }

    /** Whether TLS carries it. */
    public boolean isSecure() {
        return scheme.equals("tcps");
    }

    /** Every one there is on this system; a source of parameters. */
    public static List<Carrier> all() {
        return List.of(
                new Carrier("tcp", NATIVE),
                new Carrier("tcp", "nio"),
                new Carrier("unix", NATIVE),
                new Carrier("unix", "nio"),
                new Carrier("tcps", NATIVE),
                new Carrier("tcps", "nio", "jdk"));
    }

    @Override
    public String toString() {
        return scheme + " over " + io + (isSecure() ? " by " + tlsProvider : "");
    }
}
