package io.tautwire.benchmarks;

import io.tautwire.client.internal.core.SubscriptionListener;
import io.tautwire.codec.MessageView;
import io.tautwire.codec.sbe.Code;

/** A handler that looks at each message as a program would at the least: its number and the first bytes of its body. */
final class Summing implements SubscriptionListener {
    private boolean isSubscribed;
    private long messages;
    private long sum;

    boolean isSubscribed() {
        return isSubscribed;
    }

    long messages() {
        return messages;
    }

    /** Depends on every message, so that no look at one can be left out. */
    long sum() {
        return sum;
    }

    static long look(MessageView message) {
        return message.sequence() + message.bodyLength() + message.buffer().getLong(message.bodyOffset());
    }

    @Override
    public void onSubscribed(long journalId, int epoch, long position) {
        isSubscribed = true;
    }

    @Override
    public long onMessage(MessageView message, int alignedBytes, boolean isRendered) {
        messages++;
        sum += look(message);
        return alignedBytes;
    }

    @Override
    public void onNotice(int kind, long fromPosition, long toPosition, String detail) {
        throw new IllegalStateException("gap from=" + fromPosition + " to=" + toPosition + " " + detail);
    }

    @Override
    public void onOtherJournal(long lostJournalId, int lostEpoch, long lostPosition) {
        throw new IllegalStateException("another journal after position=" + lostPosition);
    }

    @Override
    public void onEnded(Code code, String reason) {
        throw new IllegalStateException("ended: " + code + " " + reason);
    }
}
