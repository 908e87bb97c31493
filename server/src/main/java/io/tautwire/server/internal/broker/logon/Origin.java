package io.tautwire.server.internal.broker.logon;

/**
 * Where a Logon comes from, and what holds there.
 *
 * @param peer            address of the client.
 * @param certificateUser whom the client's verified certificate names; empty where there is none.
 * @param isPlainAccepted whether a password or token may stand in a credential as it is.
 */
public record Origin(String peer, String certificateUser, boolean isPlainAccepted) {}
