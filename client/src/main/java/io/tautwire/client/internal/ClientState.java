package io.tautwire.client.internal;

import io.tautwire.client.internal.core.Acknowledgements;
import io.tautwire.client.internal.core.SessionCounters;
import io.tautwire.client.internal.core.SessionEvents;

/**
 * What of a client outlives its sessions and is given to each.
 *
 * @param clientName       stands in every log line and message.
 * @param store            the commands without an outcome.
 * @param acknowledgements how far outcomes have come.
 * @param events           told what becomes of each session, on the receive thread.
 * @param counters         of all sessions.
 * @param steps            measures the receive thread's steps.
 * @param receiveThread    knows which thread that is.
 * @param subscriptions    go on over sessions.
 */
public record ClientState(
        String clientName,
        OpenStore store,
        Acknowledgements acknowledgements,
        SessionEvents events,
        SessionCounters counters,
        StepMeter steps,
        ReceiveThread receiveThread,
        SharedSubscriptions subscriptions) {}
