package io.tautwire.transport.connection;

import java.util.Locale;

/** How the bytes travel: the first word of a connection string. */
public enum Scheme {
    /** Plain TCP. */
    TCP(true),
    /** TCP with TLS. */
    TCPS(true),
    /** A Unix domain socket, named by the option {@code path}. */
    UNIX(true);

    private final boolean applied;

    Scheme(boolean applied) {
        this.applied = applied;
    }

    /** The word as the connection string has it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether this version can connect and listen with it. */
    public boolean isApplied() {
        return applied;
    }

    static Scheme of(String word) {
        for (final Scheme scheme : values()) {
            if (scheme.word().equals(word)) {
                return scheme;
            }
        }
        return null;
    }
}
