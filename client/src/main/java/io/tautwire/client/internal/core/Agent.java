package io.tautwire.client.internal.core;

/** What this client calls itself at logon, for the server's logs. */
final class Agent {
    static final String TEXT = "tautwire-java";

    private Agent() {}
}
