package io.tautwire.journal.file;

/** The journal on files that its segments are mapped from. */
class MappedJournalTest extends FileJournalSuite {
    @Override
    SegmentMemory memory() {
        return SegmentMemory.MAPPED;
    }
}
