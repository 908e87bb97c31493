package io.tautwire.transport.connection;

import java.util.Locale;

/** Whose connection string an option may stand in. */
public enum Side {
    /** Only in the string a client connects with. */
    CLIENT,
    /** Only in the string a server listens at. */
    LISTENER,
    /** In both. */
    BOTH;

    /** The word used in messages and in the documentation. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean includes(Side side) {
        return this == BOTH || this == side;
    }
}
