package io.tautwire.client;

/** How a client stands to its server. */
public enum ConnectionState {
    /** Tries the hosts of the connection string. */
    CONNECTING,
    /** A host has answered; the logon follows. */
    CONNECTED,
    /** There is a session: commands leave, subscriptions are made again. */
    LOGGED_ON,
    /** There is none. The change says why, and when the next attempt comes if one does. */
    DISCONNECTED,
    /** There is none, and none will come by itself. Subscriptions have ended; the publish store keeps what it has. */
    GAVE_UP,
    /** The client is closed. Nothing follows. */
    CLOSED
}
