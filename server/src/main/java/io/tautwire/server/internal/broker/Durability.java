package io.tautwire.server.internal.broker;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.codec.sbe.Code;
import io.tautwire.journal.Journal;

/**
 * How far what was appended is kept as the server promises. Asked for at the end of each step, and never waited for:
 * what is on its way to the disk is acknowledged when it is there, and everything else goes on meanwhile.
 */
final class Durability {
    private final Journal journal;
    private final AckLevel level;
    private TautwireException failure;
    private boolean isFailureNews;
    private long last;

    /**
     * For one journal.
     *
     * @param level what an acknowledgement promises; with RECEIVED the journal is asked to keep what it can, and nobody
     *              waits for it.
     */
    Durability(Journal journal, AckLevel level) {
        this.journal = journal;
        this.level = level;
    }

    /** What an acknowledgement promises. */
    AckLevel level() {
        return level;
    }

    /** Commands whose frames end here or before may be acknowledged. Stands still once the journal has failed. */
    long position() {
        if (failure == null) {
            last = reached();
        }
        return last;
    }

    /** Asks that everything appended so far be kept. */
    void request() {
        if (failure == null) {
            try {
                journal.force();
            } catch (TautwireException e) {
                onFailure(e);
            }
        }
    }

    /** The journal has failed: nothing more is promised. Only the first failure counts. */
    void onFailure(TautwireException fault) {
        if (failure == null && fault.code() == Code.JOURNAL_FAILED) {
            failure = fault;
            isFailureNews = true;
        }
    }

    /** Why the journal cannot be appended to any more; null when it can. */
    TautwireException failure() {
        return failure;
    }

    /** The failure, once; null before there is one and after it was taken. */
    TautwireException takeFailure() {
        final TautwireException news = isFailureNews ? failure : null;
        isFailureNews = false;
        return news;
    }

    private long reached() {
        switch (level) {
            case WRITTEN:
                return journal.written();
            case SYNCED:
                return journal.forced();
            default:
                return journal.tail();
        }
    }
}
