package io.tautwire.client.internal.core;

import io.tautwire.codec.sbe.AckLevel;

/**
 * What the server said in its LogonReply.
 *
 * @param journalId      random id of the server's journal.
 * @param epoch          how many times that journal was cut.
 * @param lastAppended   last sequence of this incarnation that the server has.
 * @param confirmedBelow outcomes of sequences below were told and confirmed before, and are not told again.
 * @param maxFrame       longest frame that the server accepts, in bytes.
 * @param heartbeatMs    a side that sent nothing for so long sends a Heartbeat.
 * @param ackLevel       what successful acknowledgements promise.
 * @param user           as authenticated.
 * @param messageType    as settled.
 */
public record SessionInfo(
        long journalId,
        int epoch,
        long lastAppended,
        long confirmedBelow,
        int maxFrame,
        int heartbeatMs,
        AckLevel ackLevel,
        String user,
        String messageType) {}
