package io.tautwire.server.internal.broker;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.PublisherDecoder;
import io.tautwire.codec.sbe.RefusedDecoder;
import io.tautwire.server.internal.broker.output.Batch;
import io.tautwire.server.internal.broker.publisher.Publisher;
import io.tautwire.server.internal.broker.publisher.PublisherFrames;
import io.tautwire.server.internal.broker.publisher.PublisherTable;

/**
 * Changes the table of publishers, by frames: made first, appended where the journal outlives the process, and then
 * applied as a restart will apply them.
 */
final class PublisherLog {
    private static final long NOT_KEPT = 0;

    private final PublisherTable table;
    private final Appender appender;
    private final Batch batch;
    private final boolean isKept;
    private final PublisherFrames frames = new PublisherFrames();

    /**
     * Of one table.
     *
     * @param isKept whether the journal outlives the process: else nothing is appended.
     */
    PublisherLog(PublisherTable table, Appender appender, Batch batch, boolean isKept) {
        this.table = table;
        this.appender = appender;
        this.batch = batch;
        this.isKept = isKept;
    }

    /** Has the journal say whose the commands are that follow, if it has not; negative as of an append. */
    long open(Publisher publisher) {
        if (!isKept || publisher.isOpen()) {
            return NOT_KEPT;
        }
        return append(publisher, PublisherDecoder.TEMPLATE_ID, frames.open(publisher));
    }

    /**
     * The next command is refused.
     *
     * @param code number of a code, which this version need not know.
     * @return negative as of an append: it is neither refused nor taken then.
     */
    long refuse(Publisher publisher, long sequence, int code, String reason) {
        return append(publisher, RefusedDecoder.TEMPLATE_ID, frames.refused(publisher, sequence, code, reason));
    }

    /** The next command was appended. */
    void onAppended(Publisher publisher, int templateId) {
        table.apply(
                publisher,
                templateId,
                appender.appended().buffer(),
                appender.appended().offset());
    }

    /**
     * The last session of a publisher is over.
     *
     * @param isDone whether nobody will come back with this incarnation, or ask about it.
     */
    void onSessionEnd(Publisher publisher, boolean isDone, long nowNs) {
        if (!isDone || !close(publisher)) {
            table.close(publisher, nowNs);
        }
        onTimer(nowNs);
    }

    /** Forgets those whose time is over. */
    void onTimer(long nowNs) {
        table.forget(nowNs, this::close);
    }

    private boolean close(Publisher publisher) {
        final int length = frames.closed(publisher);
        try {
            if (isKept && publisher.isJournaled() && append(length) < 0) {
                return false;
            }
        } catch (TautwireException e) {
            return false; // the journal has failed: nothing is forgotten any more, and all sessions are about to hear
        }
        table.apply(publisher, PublisherDecoder.TEMPLATE_ID, frames.buffer(), 0);
        return true;
    }

    private long append(Publisher publisher, int templateId, int length) {
        final long position = isKept ? append(length) : NOT_KEPT;
        if (position >= 0) {
            table.apply(publisher, templateId, frames.buffer(), 0);
        }
        return position;
    }

    private long append(int length) {
        return appender.append(frames.buffer(), 0, length, batch.stampNs());
    }
}
