package io.tautwire.transport.connection;

import java.util.Locale;

/** Which mechanism of the system carries the bytes: the values of the option {@code io}. */
public enum Io {
    /** The best one that is available here. */
    AUTO,
    /** Linux epoll, through native code. */
    EPOLL,
    /** BSD and macOS kqueue, through native code. */
    KQUEUE,
    /** What the Java runtime brings; available everywhere. */
    NIO;

    /** The word as the connection string has it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
