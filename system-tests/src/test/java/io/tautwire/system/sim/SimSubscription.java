package io.tautwire.system.sim;

import io.tautwire.client.internal.core.ClientSession;
import io.tautwire.client.internal.core.Registration;
import io.tautwire.client.internal.core.SubscriptionListener;
import io.tautwire.codec.MessageView;
import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.topic.TopicPattern;
import org.agrona.collections.LongArrayList;

/** What one subscription saw: where it began, and the position of each message; some credit it gives back late. */
final class SimSubscription implements SubscriptionListener {
    private final SimWorld world;
    private final String owner;
    private final TopicPattern pattern;
    private final LongArrayList positions = new LongArrayList();
    private ClientSession session;
    private Registration registration;
    private long from = -1;
    private boolean hasEnded;

    SimSubscription(SimWorld world, String owner, String pattern) {
        this.world = world;
        this.owner = owner;
        this.pattern = TopicPattern.parse(pattern);
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

    @Override
    public void onSubscribed(long position) {
        from = position;
    }

    @Override
    public long onMessage(MessageView message, int alignedBytes) {
        positions.addLong(message.position());
        if (world.random().nextBoolean()) {
            return alignedBytes;
        }
        world.time().after(world.random().nextInt(5_000_000), () -> giveBack(alignedBytes));
        return 0;
    }

    @Override
    public void onNotice(int kind, long fromPosition, long toPosition, String detail) {
        throw new AssertionError(this + " notice kind=" + kind + " " + fromPosition + " to " + toPosition);
    }

    @Override
    public void onEnded(Code code, String reason) {
        hasEnded = true;
    }

    @Override
    public String toString() {
        return owner + " " + pattern + " from=" + from;
    }

    private void giveBack(int bytes) {
        if (!hasEnded) {
            session.consumed(registration, bytes);
            session.flush();
        }
    }
}
