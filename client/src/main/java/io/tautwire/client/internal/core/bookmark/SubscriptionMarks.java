package io.tautwire.client.internal.core.bookmark;

import io.tautwire.codec.Bookmark;

/**
 * What one named subscription has received, and what of that is not discarded yet. For one thread at a time.
 *
 * <p>Messages come in the order of the server's journal, so two positions and a list say it all: what lies above
 * {@link #receivedTo} is new; what lies below is discarded, unless it is in the list. The list does not grow with what
 * is discarded behind a message that is not. A new epoch of the journal gives positions behind its beginning away once
 * more; what is kept of them here is dropped then, so that a position always means the same message.
 */
public final class SubscriptionMarks {
    private static final long NOTHING = -1;

    private final Undiscarded undiscarded = new Undiscarded();
    private final int number;
    private final String name;
    private MarkLog log;
    private String pattern = "";

    /** Zero until the first session. */
    private long journalId;

    private int epoch;

    /** Where the messages received end; its position is in the numbering of its own epoch. */
    private long last = Place.NONE;

    private int lastEpoch;

    private long receivedTo = NOTHING;
    private long repeatedTo = NOTHING;

    /** The lowest that an earlier life has left and that has not come again yet. */
    private int awaited = Undiscarded.NONE;

    private boolean isBeginning;
    private long freedBytes;

    SubscriptionMarks(int number, String name, MarkLog log) {
        this.number = number;
        this.name = name;
        this.log = log;
    }

    void log(MarkLog to) {
        log = to;
    }

    /** Its number within the store. */
    int number() {
        return number;
    }

    /** The name that it is found by. */
    public String name() {
        return name;
    }

    String pattern() {
        return pattern;
    }

    /** Id of the journal that its positions are of; zero before the first session. */
    public long journalId() {
        return journalId;
    }

    /** Epoch whose numbering its positions are in. */
    int epoch() {
        return epoch;
    }

    long last() {
        return last;
    }

    int lastEpoch() {
        return lastEpoch;
    }

    long receivedTo() {
        return receivedTo;
    }

    long repeatedTo() {
        return repeatedTo;
    }

    Undiscarded undiscarded() {
        return undiscarded;
    }

    /** Messages received and not discarded. */
    public int undiscardedCount() {
        return undiscarded.count();
    }

    /** Where it resumes: everything before this {@link Place} is discarded. */
    public long place() {
        final int first = undiscarded.first();
        return first == Undiscarded.NONE ? last : undiscarded.before(first);
    }

    /** Epoch of {@link #place}. */
    public int placeEpoch() {
        final int first = undiscarded.first();
        return first == Undiscarded.NONE ? lastEpoch : undiscarded.beforeEpoch(first);
    }

    /** The last message of those before which all are discarded, it included; null while there is none. */
    public Bookmark mostRecent() {
        return Place.isAfter(place()) ? new Bookmark(journalId, placeEpoch(), place()) : null;
    }

    /**
     * A life begins: what is not discarded comes again.
     *
     * @param isResuming whether it goes on from {@link #place}; else it begins elsewhere, and only what may come again
     *                   is remembered.
     */
    public void begin(String topicPattern, boolean isResuming) {
        repeatedTo = Math.max(repeatedTo, receivedTo);
        if (!isResuming) {
            undiscarded.clear();
            last = Place.NONE;
            lastEpoch = 0;
            receivedTo = NOTHING;
        } else if (!topicPattern.equals(pattern)) {
            // What was discarded out of order says nothing about what matches now.
            receivedTo = undiscarded.count() == 0 ? receivedTo : undiscarded.position(undiscarded.first()) - 1;
            forgetBeyondPlace();
        }
        pattern = topicPattern;
        for (int entry = undiscarded.first(); entry != Undiscarded.NONE; entry = undiscarded.next(entry)) {
            undiscarded.bytes(entry, 0);
        }
        awaited = undiscarded.first();
        freedBytes = 0;
        isBeginning = true;
        log.rewrite(this);
    }

    /**
     * A session has subscribed: the first of this life from {@link #place}, later ones behind what came last.
     *
     * @param position where messages come from, in the numbering of the session's epoch.
     * @return whether all marks were dropped, because they were another journal's.
     */
    public boolean subscribed(long sessionJournalId, int sessionEpoch, long position) {
        final boolean isOther = journalId != 0 && journalId != sessionJournalId;
        final boolean isNewEpoch = epoch != sessionEpoch && !isOther;
        if (isOther) {
            dropFrom(0);
            last = Place.NONE;
            repeatedTo = NOTHING;
        } else if (isNewEpoch && isBeginning) {
            // Where the epoch of these positions ended is not known: from here on they may be others' by now.
            forgetBeyondPlace();
            receivedTo = position - 1;
        } else if (isNewEpoch) {
            dropFrom(position);
        }
        isBeginning = false;
        if (journalId != sessionJournalId || epoch != sessionEpoch || last == Place.NONE) {
            journalId = sessionJournalId;
            epoch = sessionEpoch;
            if (last == Place.NONE) {
                last = Place.at(position);
                lastEpoch = epoch;
                receivedTo = position - 1;
            }
            awaited = undiscarded.count() == 0 ? Undiscarded.NONE : awaited;
            log.rewrite(this);
        }
        return isOther;
    }

    /** From this position on nothing can have come before. */
    public void live(long position) {
        if (repeatedTo >= position) {
            repeatedTo = position - 1;
            log.rewrite(this);
        }
    }

    /** What was noted may be lost in part: until it is {@linkplain #live live} any message may have come before. */
    void anyMayBeRepeated() {
        repeatedTo = Long.MAX_VALUE;
    }

    /** A message has come; what is to be done with it. */
    public Receipt received(long position, int alignedBytes) {
        dropMissed(position);
        if (position <= receivedTo) {
            if (awaited == Undiscarded.NONE || undiscarded.position(awaited) != position) {
                return Receipt.KNOWN;
            }
            undiscarded.bytes(awaited, alignedBytes);
            awaited = undiscarded.next(awaited);
            return Receipt.REPEATED;
        }
        log.received(number, epoch, position, lastEpoch, last);
        append(epoch, position, lastEpoch, last, alignedBytes);
        return position <= repeatedTo ? Receipt.REPEATED : Receipt.FIRST;
    }

    /**
     * A message is done with. Any order.
     *
     * @param bookmarkEpoch epoch of the bookmark: a position can have been given away twice.
     * @return false if it is not one of those that are undiscarded.
     */
    public boolean discard(int bookmarkEpoch, long position) {
        final int entry = undiscarded.find(position);
        if (entry == Undiscarded.NONE || bookmarkEpoch < undiscarded.epoch(entry) || bookmarkEpoch > epoch) {
            return false;
        }
        log.discarded(number, position);
        remove(entry);
        return true;
    }

    /** What the server no longer has will not come: nobody can discard it, and nothing may wait for that. */
    private void dropMissed(long position) {
        while (awaited != Undiscarded.NONE && undiscarded.position(awaited) < position) {
            log.discarded(number, undiscarded.position(awaited));
            remove(awaited);
        }
    }

    /** What came from here on is gone with its epoch, and these positions are others' from now on. */
    private void dropFrom(long position) {
        for (int entry = undiscarded.last();
                entry != Undiscarded.NONE && undiscarded.position(entry) >= position;
                entry = undiscarded.last()) {
            remove(entry);
        }
        receivedTo = Math.min(receivedTo, position - 1);
    }

    /** Credit is to be given back for a message that is not kept. */
    public void free(int alignedBytes) {
        freedBytes += alignedBytes;
    }

    /**
     * Takes note that credit is given back: of what was discarded, or lost with its epoch, since this was asked last.
     *
     * @param least bytes below which it is not given back yet.
     * @return bytes; zero if there are fewer.
     */
    public long takeFreedBytes(long least) {
        final long bytes = freedBytes >= least ? freedBytes : 0;
        freedBytes -= bytes;
        return bytes;
    }

    private void remove(int entry) {
        freedBytes += undiscarded.bytes(entry);
        if (entry == awaited) {
            awaited = undiscarded.next(entry);
        }
        undiscarded.remove(entry);
    }

    private void forgetBeyondPlace() {
        final int first = undiscarded.first();
        if (first != Undiscarded.NONE) {
            last = undiscarded.before(first);
            lastEpoch = undiscarded.beforeEpoch(first);
            undiscarded.clear();
            awaited = Undiscarded.NONE;
        }
    }

    void replayNamed(String topicPattern, long ofJournalId, int ofEpoch) {
        pattern = topicPattern;
        journalId = ofJournalId;
        epoch = ofEpoch;
    }

    void replayStanding(int ofEpoch, long place, long received, long repeated) {
        lastEpoch = ofEpoch;
        last = place;
        receivedTo = received;
        repeatedTo = repeated;
    }

    private void append(int ofEpoch, long position, int beforeEpoch, long before, int alignedBytes) {
        undiscarded.append(ofEpoch, position, beforeEpoch, before, alignedBytes);
        last = Place.after(position);
        lastEpoch = ofEpoch;
        receivedTo = position;
    }

    void replayReceived(int ofEpoch, long position, int beforeEpoch, long before) {
        if (position > receivedTo) {
            append(ofEpoch, position, beforeEpoch, before, 0);
        }
    }

    void replayDiscarded(long position) {
        final int entry = undiscarded.find(position);
        if (entry != Undiscarded.NONE) {
            undiscarded.remove(entry);
        }
    }
}
