package io.tautwire.server.internal.broker;

/** Kinds of background faults; each is reported on its own. */
public enum FaultKind {
    /** The access policy threw an exception. */
    ACCESS_POLICY,
    /** The authenticator threw an exception, or its queue is full. */
    AUTHENTICATOR,
    /** A peer sent what the protocol does not allow. */
    PROTOCOL,
    /** A peer asked and did not read the answers. */
    OVERFLOW,
    /** There was no memory for a session's output. */
    OUT_OF_MEMORY,
    /** A connection broke. */
    CONNECTION,
    /** A TLS handshake failed, or one side speaks TLS where the other does not. */
    TLS,
    /** The journal has no room. */
    STORAGE_FULL,
    /** The table of publishers could not be written down. */
    SNAPSHOT,
    /** The journal has failed. */
    JOURNAL,
    /** A step of the broker failed. */
    BROKER
}
