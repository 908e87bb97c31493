/**
 * The client's half of the conversation: logon, outgoing order, acknowledgements, subscriptions, heartbeat. Each part
 * knows its own frames; {@link io.tautwire.client.internal.core.ClientSession} only routes.
 *
 * <p>Pure: stepped by the bytes, completed writes and times that it is given. No thread, lock, clock, socket or network
 * library, and no iteration in an order that is not fixed, so that the same steps always give the same bytes.
 */
package io.tautwire.client.internal.core;
