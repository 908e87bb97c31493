package io.tautwire.client.internal.core.bookmark;

import io.tautwire.TautwireException;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.sbe.BookmarkChange;
import io.tautwire.codec.sbe.BookmarkRecordDecoder;
import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.MessageHeaderDecoder;
import io.tautwire.journal.Journal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * The marks of all named subscriptions of a bookmark store: a view of its journal, rebuilt by reading that. For one
 * thread at a time.
 */
public final class MarkTable {
    /** Names that a store keeps at most. */
    public static final int MAX_NAMES = 1024;

    private final Map<String, SubscriptionMarks> byName = new HashMap<>();
    private final List<SubscriptionMarks> all = new ArrayList<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final BookmarkRecordDecoder record = new BookmarkRecordDecoder();
    private MarkLog log = MarkLog.NONE;

    /** While reading: what is told anew and does not count yet. */
    private SubscriptionMarks anew;

    int size() {
        return all.size();
    }

    /** The marks of this number; null where the record that gave it away is gone. */
    SubscriptionMarks get(int number) {
        return all.get(number);
    }

    /**
     * From now on changes are recorded; what was read is written anew.
     *
     * @param room what is done while the journal has no room.
     */
    public BookmarkLog record(Journal journal, Room room) {
        final BookmarkLog to = new BookmarkLog(journal, room, this);
        anew = null;
        to.writeAll();
        log = to;
        byName.values().forEach(marks -> marks.log(to));
        return to;
    }

    /** The marks of this name, or null. */
    public SubscriptionMarks find(String name) {
        return byName.get(name);
    }

    /**
     * The marks of this name, new ones if need be.
     *
     * @throws TautwireException LIMIT_REACHED.
     */
    public SubscriptionMarks of(String name) {
        final SubscriptionMarks found = byName.get(name);
        if (found != null) {
            return found;
        }
        if (all.size() >= MAX_NAMES) {
            throw new TautwireException(
                    Code.LIMIT_REACHED,
                    "subscription=" + name + " would be one more than names=" + MAX_NAMES
                            + ", which is what a bookmark store keeps; use another store");
        }
        final SubscriptionMarks made = new SubscriptionMarks(all.size(), name, log);
        add(made);
        return made;
    }

    private void add(SubscriptionMarks marks) {
        while (all.size() <= marks.number()) {
            all.add(null);
        }
        all.set(marks.number(), marks);
        byName.put(marks.name(), marks);
    }

    /** The end of what was read may be lost: what comes until a subscription is live may have come before. */
    public void anyMayBeRepeated() {
        byName.values().forEach(SubscriptionMarks::anyMayBeRepeated);
    }

    /**
     * Reads one frame of a journal, oldest first. What concerns a subscription whose name has not come yet is older
     * than what was written anew, and says nothing.
     */
    public void replay(DirectBuffer buffer, int offset, int templateId) {
        if (templateId != BookmarkRecordDecoder.TEMPLATE_ID) {
            return;
        }
        record.wrapAndApplyHeader(buffer, offset + FrameDescriptor.HEADER_OFFSET, header);
        final int number = record.subscription();
        if (number < 0 || number >= MAX_NAMES) {
            return;
        }
        if (record.change() == BookmarkChange.NAMED) {
            final long journalId = record.journalId();
            final int epoch = record.epoch();
            anew = new SubscriptionMarks(number, record.name(), log);
            anew.replayNamed(record.pattern(), journalId, epoch);
        } else if (anew != null && anew.number() == number) {
            replay(anew);
        } else if (number < all.size() && all.get(number) != null) {
            replay(all.get(number));
        }
    }

    private void replay(SubscriptionMarks marks) {
        switch (record.change()) {
            case RECEIVED -> marks.replayReceived(record.epoch(), record.at(), record.beforeEpoch(), record.before());
            case DISCARDED -> marks.replayDiscarded(record.at());
            case STANDING -> {
                marks.replayStanding(record.beforeEpoch(), record.before(), record.at(), record.repeatedTo());
                if (marks == anew) {
                    add(anew);
                    anew = null;
                }
            }
            default -> {} // of a newer version
        }
    }
}
