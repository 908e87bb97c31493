package io.tautwire.server.internal.broker.delivery;

import io.tautwire.TautwireException;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.NotFound;
import io.tautwire.codec.sbe.NoticeKind;
import io.tautwire.codec.sbe.StartAt;
import io.tautwire.journal.Journal;
import io.tautwire.journal.JournalCursor;

/**
 * Finds and proves the place where a subscription asks to begin. Positions that a client names are anything: nothing is
 * delivered from one before the frame there has shown, by its checksums and its stamp, that it lies there.
 */
final class Locator {
    /** Frames that one step of a search by time goes through. */
    static final int SEARCH_FRAMES = 256;

    private final Journal journal;
    private final BacklogReader reader;

    Locator(Journal journal, BacklogReader reader) {
        this.journal = journal;
        this.reader = reader;
    }

    /**
     * Looks for the place that an opening asks for, for a bounded while.
     *
     * @return the place; null when it is not known yet: the opening then waits for a segment, or this is to be called
     *         again.
     * @throws TautwireException BOOKMARK_UNKNOWN if the journal does not hold it and the client wants no other.
     */
    Place locate(Opening opening) {
        final Start start = opening.start();
        return switch (start.at()) {
            case START -> Place.asAsked(journal.head());
            case AT, AFTER -> bookmarked(opening, start);
            case TIMESTAMP -> atTime(opening, start);
            default -> Place.asAsked(journal.tail());
        };
    }

    private Place bookmarked(Opening opening, Start start) {
        final long position = start.position();
        if (start.journalId() != journal.journalId()) {
            final String ours = "the journal here has journalId=" + Long.toHexString(journal.journalId());
            return start.notFound() == NotFound.NOW
                    ? notHeld(start, journal.head(), ours)
                    : notHeld(start, Long.MAX_VALUE, ours);
        }
        if (position < 0
                || position % FrameDescriptor.ALIGNMENT != 0
                || !journal.epochs().contains(start.epoch())) {
            return notHeld(start, Long.MAX_VALUE, "this journal never gave that out");
        }
        final boolean isAfter = start.at() == StartAt.AFTER;
        final long end = journal.epochs().end(start.epoch());
        if (position > end || isAfter && position == end) {
            return beyondEpoch(opening, start, end);
        }
        return isAfter ? after(opening, start) : at(opening, start, position);
    }

    /** What lay there was lost with the epoch, and so was all behind it: what came since begins at the epoch's end. */
    private Place beyondEpoch(Opening opening, Start start, long end) {
        final Place resumed = at(opening, start, end);
        if (resumed == null || resumed.kind() != null) {
            return resumed;
        }
        return new Place(
                resumed.position(),
                NoticeKind.EPOCH_END,
                start.position(),
                "epoch=" + start.epoch() + " ended at position=" + end + ": the server lost what it had beyond");
    }

    private Place after(Opening opening, Start start) {
        final long position = start.position();
        final int found = prove(position);
        if (found == JournalCursor.FRAME && reader.frame().position() == position) {
            return Place.asAsked(reader.frame().end());
        }
        return notProven(opening, start, position, found);
    }

    private Place at(Opening opening, Start start, long position) {
        if (position == journal.tail()) {
            return Place.asAsked(position);
        }
        final int found = prove(position);
        if (found == JournalCursor.FRAME) {
            return Place.asAsked(reader.frame().position()); // behind padding, if the segment's last frame ended there
        }
        return notProven(opening, start, position, found);
    }

    /** As {@link BacklogReader#read}; END where no frame is. */
    private int prove(long position) {
        if (position >= journal.tail()) {
            return JournalCursor.END;
        }
        try {
            final int found = reader.read(position);
            if (found == JournalCursor.FRAME) {
                reader.checkIntact();
            }
            return found;
        } catch (TautwireException e) {
            if (e.code() != Code.JOURNAL_CORRUPT) {
                throw e;
            }
            return JournalCursor.END; // the client's position, not the journal, is at fault
        }
    }

    private Place notProven(Opening opening, Start start, long position, int found) {
        return switch (found) {
            case JournalCursor.COLD -> {
                opening.awaitSegment(position);
                yield null;
            }
            case JournalCursor.LAPPED ->
                notHeld(start, position, "the journal has dropped what is below position=" + journal.head());
            default -> notHeld(start, Long.MAX_VALUE, "no message begins there; the tail is " + journal.tail());
        };
    }

    /** Times never fall as positions rise. */
    private Place atTime(Opening opening, Start start) {
        if (!opening.isSearching()) {
            opening.searchFrom(journal.segmentAtOrBefore(start.timestampNs()));
        }
        for (int i = 0; i < SEARCH_FRAMES; i++) {
            final long position = opening.searchedTo();
            if (position >= journal.tail()) {
                return Place.asAsked(position);
            }
            final int found = reader.read(position);
            if (found == JournalCursor.COLD) {
                opening.awaitSegment(position);
                return null;
            }
            if (found == JournalCursor.FRAME && reader.timestampNs() >= start.timestampNs()) {
                return first(start, reader.frame().position());
            }
            opening.searchFrom(found == JournalCursor.FRAME ? reader.frame().end() : reader.lappedTo());
        }
        return null;
    }

    /** The first message of that time or later which the journal holds: the first there was, if nothing is gone. */
    private Place first(Start start, long position) {
        final long head = journal.head();
        return position == head && head > 0
                ? notHeld(start, 0, "the journal has dropped what is below position=" + head + ", perhaps of that time")
                : Place.asAsked(position);
    }

    /**
     * The place that the client wants instead.
     *
     * @param askedPosition what is missing begins there; beyond the place for what no position here tells.
     */
    private Place notHeld(Start start, long askedPosition, String why) {
        final long instead =
                switch (start.notFound()) {
                    case START -> journal.head();
                    case NOW -> journal.tail();
                    default ->
                        throw new TautwireException(
                                Code.BOOKMARK_UNKNOWN,
                                start.asked() + ": " + why
                                        + "; begin at start or now, or say which of them to take when it is not found");
                };
        return new Place(instead, NoticeKind.GAP, Math.min(askedPosition, instead), start.asked() + ": " + why);
    }
}
