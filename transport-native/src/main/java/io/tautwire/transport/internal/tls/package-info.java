/**
 * TLS for one connection string: PEM files, who is trusted, the provider, and the handlers in a channel's pipeline.
 * Knows Netty and certificates; knows no frames, no sessions and no hosts to try. Not for users.
 */
package io.tautwire.transport.internal.tls;
