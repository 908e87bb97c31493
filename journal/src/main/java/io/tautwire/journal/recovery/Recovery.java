package io.tautwire.journal.recovery;

/** Reads a journal that was found, and decides what of it is the journal. Stateless. */
public final class Recovery {
    private Recovery() {}

    /**
     * Reads the journal from the segment of its head on. Every frame is verified once, and shown to the visitor before
     * it is known whether the rest is sound.
     *
     * @param image   what was found.
     * @param rule    what makes a frame this journal's; used up.
     * @param visitor sees the frames.
     * @throws io.tautwire.TautwireException JOURNAL_CORRUPT, saying where and why, if the journal lacks or has
     *                                       changed anything that was forced, or has whole frames behind a bad one
     *                                       although the machine did not go down.
     */
    public static Recovered scan(JournalImage image, FrameRule rule, FrameVisitor visitor) {
        throw new UnsupportedOperationException("follows at once");
    }
}
