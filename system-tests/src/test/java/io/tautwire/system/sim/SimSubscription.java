package io.tautwire.system.sim;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tautwire.client.internal.core.ClientSession;
import io.tautwire.client.internal.core.Registration;
import io.tautwire.client.internal.core.SubscriptionListener;
import io.tautwire.codec.MessageView;
import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.topic.TopicPattern;
import org.agrona.collections.LongArrayList;

/**
 * What one subscription saw: where it began, the position of each message and each gap, in rising order. Some credit it
 * gives back late.
 */
final class SimSubscription implements SubscriptionListener {
    private final SimWorld world;
    private final String owner;
    private final TopicPattern pattern;
    private final boolean isPretty;
    private final LongArrayList positions = new LongArrayList();
    private final LongArrayList gaps = new LongArrayList();
    private long heardTo;
    private ClientSession session;
    private Registration registration;
    private long from = -1;
    private boolean hasEnded;

    SimSubscription(SimWorld world, String owner, String pattern, boolean isPretty) {
        this.world = world;
        this.owner = owner;
        this.pattern = TopicPattern.parse(pattern);
        this.isPretty = isPretty;
        world.subscriptions().add(this);
    }

    void registered(ClientSession in, Registration as) {
        session = in;
        registration = as;
    }

    Registration registration() {
        return registration;
    }

    TopicPattern pattern() {
        return pattern;
    }

    /** Position that it began at, or -1 when it was never confirmed. */
    long from() {
        return from;
    }

    boolean hasEnded() {
        return hasEnded;
    }

    LongArrayList positions() {
        return positions;
    }

    /** Ranges that it was told it missed: begin and end in turns. */
    LongArrayList gaps() {
        return gaps;
    }

    /** Whether it was told that it missed what is there. */
    boolean missed(long position) {
        for (int i = 0; i < gaps.size(); i += 2) {
            if (gaps.getLong(i) <= position && position < gaps.getLong(i + 1)) {
                return true;
            }
        }
        return false;
    }

    /** Where what it heard of last ended. */
    long heardTo() {
        return heardTo;
    }

    @Override
    public void onSubscribed(long journalId, int epoch, long position) {
        from = position;
    }

    @Override
    public long onMessage(MessageView message, int alignedBytes, boolean isRendered) {
        checkBody(message, isRendered);
        final int leastBytes = isRendered ? 1 : alignedBytes; // rendered, it may have been shorter in the journal
        hear(message.position(), message.position() + leastBytes);
        positions.addLong(message.position());
        if (world.random().nextBoolean()) {
            return alignedBytes;
        }
        world.time().after(world.random().nextLong(world.slowestNs()), () -> giveBack(alignedBytes));
        return 0;
    }

    @Override
    public void onNotice(int kind, long fromPosition, long toPosition, String detail) {
        hear(fromPosition, toPosition);
        gaps.addLong(fromPosition);
        gaps.addLong(toPosition);
    }

    @Override
    public void onOtherJournal(long lostJournalId, int lostEpoch, long lostPosition) {
        throw new AssertionError(this + " goes on in another session");
    }

    @Override
    public void onEnded(Code code, String reason) {
        hasEnded = true;
    }

    @Override
    public String toString() {
        return owner + " " + pattern + " from=" + from;
    }

    /** A body is one byte many times; rendered, two digits for each. */
    private void checkBody(MessageView message, boolean isRendered) {
        final byte published = (byte) message.sequence();
        final byte[] unit = isRendered ? String.format("%02x", published).getBytes(US_ASCII) : new byte[] {published};
        boolean isRight = isRendered == isPretty && message.bodyLength() % unit.length == 0;
        for (int i = 0; isRight && i < message.bodyLength(); i++) {
            isRight = message.buffer().getByte(message.bodyOffset() + i) == unit[i % unit.length];
        }
        final boolean holds = isRight;
        world.verify(holds, () -> this + " body of sequence=" + message.sequence() + " isRendered=" + isRendered);
    }

    private void hear(long begin, long end) {
        world.verify(
                begin >= heardTo && begin < end,
                () -> this + " heard of " + begin + " to " + end + " after " + heardTo);
        heardTo = end;
    }

    private void giveBack(int bytes) {
        if (!hasEnded) {
            session.consumed(registration, bytes);
            session.flush();
        }
    }
}
