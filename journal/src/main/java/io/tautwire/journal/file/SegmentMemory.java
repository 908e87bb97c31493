package io.tautwire.journal.file;

/** What the segments that are appended to lie in. The files are the same. */
public enum SegmentMemory {
    /**
     * The file's own pages: what is appended survives the death of the process at once, and is forced in the
     * background. For publish stores, and servers whose durability is {@code written}.
     */
    MAPPED,
    /**
     * Memory of its own, which other threads write to the file and force. An append never waits for the disk, as it may
     * where pages are mapped that are just being forced. For what is acknowledged when {@code synced}.
     */
    DIRECT
}
