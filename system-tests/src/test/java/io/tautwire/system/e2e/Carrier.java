package io.tautwire.system.e2e;

import java.util.List;

/** What carries the bytes between client and server: a scheme and the system's mechanism. */
public record Carrier(String scheme, String io) {
    private static final String NATIVE =
            System.getProperty("os.name").startsWith("Linux") ? "epoll" : "auto"; // a missing native library must show

    /** The one to use where it makes no difference. */
    public static final Carrier USUAL = new Carrier("tcp", "auto");

    /** Every one there is on this system; a source of parameters. */
    public static List<Carrier> all() {
        return List.of(
                new Carrier("tcp", NATIVE),
                new Carrier("tcp", "nio"),
                new Carrier("unix", NATIVE),
                new Carrier("unix", "nio"));
    }

    @Override
    public String toString() {
        return scheme + " over " + io;
    }
}
