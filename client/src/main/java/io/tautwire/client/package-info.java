/**
 * Publish and subscribe: begin at {@link io.tautwire.client.Client}.
 *
 * <p>What users need and nothing else; how it works is in {@code internal}. Every failure is a
 * {@link io.tautwire.TautwireException} with a stable code.
 */
package io.tautwire.client;
