/**
 * Keeps a journal in direct memory. Survives nothing; its ack level is {@code received}.
 *
 * <p>Pure: every request completes before it returns, on the caller's thread.
 */
package io.tautwire.journal.memory;
