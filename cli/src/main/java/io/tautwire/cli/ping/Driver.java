package io.tautwire.cli.ping;

/** Which thread issues the next publish. */
public enum Driver {
    /** The one that receives: no hand-over between threads. */
    RECEIVE,
    /** The one of the application, which waits for the receive thread to tell it. */
    APPLICATION
}
