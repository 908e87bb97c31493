/**
 * The seam between protocol cores and whatever carries their bytes: a real channel or a simulated one.
 *
 * <p>Pure: no threads, locks, clocks, sockets, and no network library.
 */
package io.tautwire.transport.wire;
