/**
 * The shells around the broker: the thread that steps it, the one that asks the authenticator, and what is logged.
 *
 * <p>Must not decide anything about messages, sessions or names: that is the broker's.
 */
package io.tautwire.server.internal;
