package io.tautwire.client.internal.core;

/** What this client calls itself at logon, for the server's logs. */
final class Agent {
    private static final String VERSION = Agent.class.getPackage().getImplementationVersion();

    static final String TEXT = "tautwire-java/" + (VERSION == null ? "development" : VERSION);

    private Agent() {}
}
