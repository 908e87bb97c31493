/**
 * Keeps a journal in files: one directory for each, the same format for a server's journal and a client's publish
 * store (docs/journal-format.md draws every byte).
 *
 * <p>{@link io.tautwire.journal.file.FileJournal} opens a directory and is what users of this package meet. Below it,
 * {@link io.tautwire.journal.file.FileStorage} carries out the journal's requests and has no threads of its own, and
 * {@link io.tautwire.journal.file.Disk} is the seam to the machine's files, so that a test can stand in for the disk:
 * what is promised about durability is said there.
 *
 * <p>It must not know clients, servers or the network. It may know threads and locks; the journal above it may not.
 */
package io.tautwire.journal.file;
