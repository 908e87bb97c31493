/**
 * What the broker counts: written by its one thread, read by any.
 *
 * <p>Pure.
 */
package io.tautwire.server.internal.broker.counters;
