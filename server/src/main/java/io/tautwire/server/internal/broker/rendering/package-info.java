/**
 * Bodies made readable for the sessions that ask for it: which message types there is a rendering for, and how a
 * message with a rendered body is put together.
 *
 * <p>Pure. Knows frames and bodies; not sessions, credit or why something is delivered.
 */
package io.tautwire.server.internal.broker.rendering;
