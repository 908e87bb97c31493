package io.tautwire.journal.recovery;

/**
 * From where to where an image must be read, once it is known that no segment is missing.
 *
 * @param head  the first position still needed that is there.
 * @param first the first segment to read. Where the head is a segment's first position that is the one before, if it is
 *              there: its last frame says which sequence came last.
 */
record Extent(long head, long first) {
    static Extent of(JournalImage image) {
        final long first = image.firstSegment();
        final long end = image.endSegment();
        if (end < image.synced()) {
            throw Corruption.at(image, end, "nothing is there, but everything below synced=" + image.synced() + " was");
        }
        if (isHeadSure(image) && (image.head() < first || image.head() > end)) {
            throw Corruption.at(
                    image, image.head(), "the journal's head lies outside of what is there, " + first + " to " + end);
        }
        final long head = Math.max(first, image.head());
        final long lastNeeded = Math.min(head, end) - 1;
        final long segment = Math.floorDiv(lastNeeded, image.segmentLength()) * image.segmentLength();
        return new Extent(head, Math.max(first, segment));
    }

    /** The head is noted before what lies below it goes: only a power cut can forget one and remember the other. */
    static boolean isHeadSure(JournalImage image) {
        return image.isClean() || image.isSameBoot();
    }
}
