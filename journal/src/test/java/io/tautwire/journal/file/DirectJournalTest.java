package io.tautwire.journal.file;

/** The journal on files that direct memory is written to. */
class DirectJournalTest extends FileJournalSuite {
    @Override
    SegmentMemory memory() {
        return SegmentMemory.DIRECT;
    }
}
