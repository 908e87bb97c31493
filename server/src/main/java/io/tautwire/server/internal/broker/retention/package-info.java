/**
 * How much of a journal that outlives the process is kept, and when the table of publishers is written down so that the
 * rest of it may go.
 *
 * <p>Pure. Knows positions and times; not files, and not what frames say.
 */
package io.tautwire.server.internal.broker.retention;
