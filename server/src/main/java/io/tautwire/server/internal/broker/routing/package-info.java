/**
 * From a topic to those that asked for it, at a cost that depends on how many they are and not on how many there are.
 *
 * <p>Pure. Knows topics and patterns; not sessions, journals or frames.
 */
package io.tautwire.server.internal.broker.routing;
