package io.tautwire.journal.recovery;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;

/** Says what is wrong with a journal, where, and what to do. */
final class Corruption {
    private Corruption() {}

    static TautwireException at(JournalImage image, long position, String what) {
        return new TautwireException(
                Code.JOURNAL_CORRUPT,
                "journal=" + Long.toHexString(image.journalId()) + " position=" + position + " "
                        + image.locate(position) + ": " + what
                        + "; restore the journal from a copy, or look at it with `tautwire journal verify` and give up"
                        + " what follows a position with `tautwire journal truncate`");
    }
}
