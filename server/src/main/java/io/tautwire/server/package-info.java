/**
 * The embeddable server, as its users see it: build one with {@link io.tautwire.server.Server#builder()}, decide who
 * may log on and what they may do, read its counters, close it.
 *
 * <p>Must not show its users the broker, the journal or the network library.
 */
package io.tautwire.server;
