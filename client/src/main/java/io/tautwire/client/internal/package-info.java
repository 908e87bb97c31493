/**
 * Shells around the client's core: what is shared between threads, waits, or touches the transport. The publish store
 * with its lock, the sender's states, the loop's glue, blocking waits.
 *
 * <p>Knows the core and the transport; must not know the public API, which is built upon it.
 */
package io.tautwire.client.internal;
