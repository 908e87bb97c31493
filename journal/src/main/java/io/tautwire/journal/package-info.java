/**
 * The journal: an append-only log of frames, and the cursors that read it. What is published lies here once; sockets
 * are written from it, and it is what a restart will recover from.
 *
 * <p>{@link io.tautwire.journal.Journal} appends, {@link io.tautwire.journal.JournalCursor} reads, and
 * {@link io.tautwire.journal.Storage} is the seam to where the bytes are kept: asynchronous requests, never a call that
 * waits.
 *
 * <p>Pure: no threads, locks, clocks or files. Memory shared between threads is ordered by the acquire and release
 * pairs that {@link io.tautwire.journal.SharedPosition} and {@link io.tautwire.journal.Pins} name; everything else
 * has one owner.
 */
package io.tautwire.journal;
