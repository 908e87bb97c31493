package io.tautwire.server;

/**
 * How one session stood at some moment.
 *
 * @param clientName    empty until it is logged on.
 * @param user          as authenticated; empty when anonymous, or not logged on.
 * @param peer          address of the client.
 * @param lastSequence  of the last command that was appended or refused.
 * @param subscriptions how many it has.
 * @param lagBytes      of the journal between its subscription furthest behind and the tail.
 * @param writtenBytes  that its socket took.
 * @param pendingBytes  that wait for its socket.
 */
public record SessionView(
        String clientName,
        String user,
        String peer,
        long lastSequence,
        int subscriptions,
        long lagBytes,
        long writtenBytes,
        int pendingBytes) {}
