/**
 * The server's transaction log on files: opens it, and takes snapshots of what follows from it to the disk.
 *
 * <p>Knows files and threads; not sessions, and not what a broker decides.
 */
package io.tautwire.server.internal.log;
