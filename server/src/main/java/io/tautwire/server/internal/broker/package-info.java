/**
 * The broker: one journal, many sessions, stepped by one thread. A session is split by job: the conversation and its
 * phases here, the logon in {@code logon}, who published what in {@code publisher}, what goes out in {@code output},
 * who gets what in {@code routing} and {@code delivery}.
 *
 * <p>Pure and deterministic: no threads, locks, sockets or clocks. Time comes in with a batch and with a timer;
 * whatever takes long is asked of the {@link io.tautwire.server.internal.broker.BrokerHost} and comes back as an
 * event. So the same broker runs behind sockets, in a simulation, and one day behind a replicated log.
 */
package io.tautwire.server.internal.broker;
