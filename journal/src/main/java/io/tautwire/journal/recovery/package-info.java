/**
 * Finds out what a journal that was found holds: reads every frame once, verifies it, decides where the journal ends,
 * and tells a torn tail from corruption. It changes nothing: the storage that the journal was found on cuts.
 *
 * <p>Pure: knows no files, only their bytes.
 */
package io.tautwire.journal.recovery;
