/**
 * Who published up to which sequence, with what outcome, and who holds which name: the views that make a resent command
 * a duplicate and keep a refusal a refusal.
 *
 * <p>Pure. Knows identities and sequences; not topics, bodies or wires.
 */
package io.tautwire.server.internal.broker.publisher;
