package io.tautwire.transport.connection;

import java.util.Locale;

/** How the bytes travel: the first word of a connection string. */
public enum Scheme {
    /** Plain TCP. */
    TCP,
    /** TCP with TLS. */
    TCPS,
    /** A Unix domain socket, named by the option {@code path}. */
    UNIX;

    /** The word as the connection string has it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
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
