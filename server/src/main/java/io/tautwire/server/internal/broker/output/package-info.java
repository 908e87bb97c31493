/**
 * What goes out to one session: control frames and deliveries in one bounded buffer, flushed once per batch.
 *
 * <p>Pure. Knows frames and the wire; not why something is sent.
 */
package io.tautwire.server.internal.broker.output;
