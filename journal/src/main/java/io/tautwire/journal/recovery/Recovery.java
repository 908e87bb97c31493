package io.tautwire.journal.recovery;

/** Reads a journal that was found, and decides what of it is the journal. Stateless. */
public final class Recovery {
    private Recovery() {}

    /**
     * Reads the journal from the segment on that its head lies in; or from the one before, if the head is a segment's
     * first position. Every frame is verified once, and shown to the visitor before it is known whether the rest is
     * sound. Nothing is changed: whoever owns the segments gives up those outside of
     * [{@link Recovered#firstSegment()}, {@link Recovered#endSegment()}), zeroes the last one from the tail on, and
     * forces everything, before the journal is opened over it.
     *
     * <ul>
     *   <li>A bad frame, or none, below {@link JournalImage#synced()} is corruption.
     *   <li>Behind the tail of a journal that was closed in order everything must be zero.
     *   <li>Otherwise a bad frame is where the journal ends: it was being written when everything stopped. But if the
     *       machine did not go down, nothing was written behind an unfinished frame, and a whole one there is proof
     *       that the bad one was whole once: corruption.
     * </ul>
     *
     * @param image   what was found.
     * @param rule    what makes a frame this journal's; used up.
     * @param visitor sees the frames.
     * @throws io.tautwire.TautwireException JOURNAL_CORRUPT, saying where and what.
     */
    public static Recovered scan(JournalImage image, FrameRule rule, FrameVisitor visitor) {
        final Extent extent = Extent.of(image);
        final FrameWalk walk = new FrameWalk(image, extent, rule, visitor);
        final Recovered recovered = walk.toTail();
        final boolean isCut = new Remainder(image, rule).check(walk);
        walk.checkHead();
        recovered.end(Math.min(extent.head(), walk.position()), walk.position(), isCut, image.isClean());
        return recovered;
    }
}
