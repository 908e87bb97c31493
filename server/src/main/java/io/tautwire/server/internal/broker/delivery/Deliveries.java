package io.tautwire.server.internal.broker.delivery;

import io.tautwire.TautwireException;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.sbe.NoticeKind;
import io.tautwire.codec.sbe.StartAt;
import io.tautwire.codec.sbe.SubscribeDecoder;
import io.tautwire.server.internal.broker.counters.BrokerCounters;
import io.tautwire.server.internal.broker.counters.Counter;
import io.tautwire.server.internal.broker.output.ControlFrames;
import io.tautwire.server.internal.broker.output.SessionOutput;
import io.tautwire.server.internal.broker.rendering.SessionRendering;
import java.util.Arrays;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;

/**
 * Gives messages to one session: those just appended to its live subscriptions, and older ones, step by step, to those
 * that are behind. Whoever shares a message shares one copy of it.
 */
public final class Deliveries {
    /** {@link #give}: there was no room. */
    static final int NO_ROOM = -1;

    private final SessionOutput out;
    private final ControlFrames frames;
    private final BrokerCounters counters;
    private final Backlog backlog;
    private final int maxFrame;
    private final SessionRendering rendering;

    /** Longer ones are not given to live subscriptions: those that do not fit, or all where they are rendered. */
    private final int maxLiveFrame;

    private long[] ids = new long[8];

    /**
     * Nothing subscribed yet.
     *
     * @param maxFrame  longest frame the peer accepts.
     * @param rendering how bodies are made readable for it; null where they are delivered as they are.
     * @param onFault   is told when the journal cannot be read: to end the session.
     */
    public Deliveries(
            SessionOutput out,
            ControlFrames frames,
            BrokerCounters counters,
            CatchUp catchUp,
            int maxFrame,
            SessionRendering rendering,
            Consumer<TautwireException> onFault) {
        this.out = out;
        this.frames = frames;
        this.counters = counters;
        this.maxFrame = maxFrame;
        this.rendering = rendering;
        this.maxLiveFrame = rendering == null ? maxFrame : 0;
        this.backlog = new Backlog(this, catchUp, onFault);
    }

    /** The output has room again. */
    public void onRoom() {
        backlog.wake();
    }

    /** A message was appended that some of the session's subscriptions match. */
    void onAppended(Frame frame, Subscription[] matching) {
        if (frame.length() > maxLiveFrame) {
            leaveToBacklog(frame, matching);
            return;
        }
        int count = 0;
        for (final Subscription subscription : matching) {
            if (subscription.isLive()) {
                if (subscription.hasCredit()) {
                    count = addId(count, subscription);
                } else {
                    fallBehind(subscription, frame, Counter.CREDIT_WAITS);
                }
            }
        }
        if (count == 0) {
            return;
        }
        final int spent = giveAsPublished(frame, count);
        for (final Subscription subscription : matching) {
            if (subscription.isLive() && spent == NO_ROOM) {
                fallBehind(subscription, frame, Counter.OUTPUT_WAITS);
            } else if (subscription.isLive()) {
                subscription.spend(spent);
            }
        }
    }

    /** Puts a subscription in line for the next {@link #give}. */
    int addId(int count, Subscription subscription) {
        if (count == ids.length) {
            ids = Arrays.copyOf(ids, count * 2);
        }
        ids[count] = subscription.id();
        return count + 1;
    }

    /**
     * Gives a message that {@link #fits} to the first {@code count} subscriptions in line, rendered where that is
     * wanted and possible.
     *
     * @return the credit that it cost each of them, or {@link #NO_ROOM}.
     */
    int give(Frame frame, int count) {
        if (rendering == null) {
            return giveAsPublished(frame, count);
        }
        if (!out.hasRoomToDeliver(count, FrameDescriptor.aligned(rendering.maxFrame()))) {
            return NO_ROOM; // asked before: a peer that reads slowly must not have a message rendered again and again
        }
        return rendering.render(frame.buffer(), frame.offset())
                ? give(count, rendering.frame(), 0, rendering.alignedLength(), true)
                : giveAsPublished(frame, count);
    }

    /** What {@link #give} took since this was asked last, beyond copying, in bytes that could have been copied. */
    int takeRenderingCost() {
        return rendering == null ? 0 : rendering.takeCost();
    }

    /** Whether the peer accepts a frame of this length. */
    boolean fits(Frame frame) {
        return frame.length() <= maxFrame;
    }

    /** Tells of a message that does not {@link #fits fit}; false when there was no room. */
    boolean tellTooLong(long subscriptionId, Frame frame) {
        return tellGap(
                subscriptionId,
                frame.position(),
                frame.end(),
                "frame length=" + frame.length() + " exceeds this session's maxFrame=" + maxFrame
                        + "; raise max_frame in the connection string");
    }

    /** Tells of messages that a subscription missed; false when there was no room. */
    boolean tellGap(long subscriptionId, long from, long to, String detail) {
        if (!hasRoomToTell()) {
            return false;
        }
        notice(subscriptionId, NoticeKind.GAP, from, to, detail);
        return true;
    }

    /** Tells, once, that a replaying subscription has caught up; false when there was no room. */
    boolean tellLive(Subscription subscription) {
        if (!hasRoomToTell()) {
            return false;
        }
        notice(subscription.id(), NoticeKind.LIVE, subscription.replayedFrom(), subscription.position(), "");
        subscription.onCaughtUpTold();
        return true;
    }

    /** Whether there is room for an answer that can wait, with a notice. */
    boolean hasRoomToTell() {
        return out.hasRoomForDeferrable();
    }

    /**
     * Whether a subscription that begins so may be answered now. One that begins now cannot wait: what is appended
     * meanwhile would be missed.
     */
    boolean mayAnswer(Start start) {
        return start.at() == StartAt.NOW || hasRoomToTell();
    }

    /** A subscription's place is found: tells so, and what else there is to tell. */
    void begin(Opening opening, Place place) {
        final Subscription subscription = opening.subscription();
        frames.subscribeReply(out, subscription.id(), place.position());
        if (place.kind() != null) {
            notice(subscription.id(), place.kind(), place.noticeFrom(), place.position(), place.detail());
        }
        if (opening.start().at() != StartAt.NOW) {
            subscription.replayFrom(place.position());
            backlog.add(subscription);
        } else if (subscription.mayBeLive()) {
            subscription.goLive();
        } else {
            subscription.standAt(place.position());
            backlog.add(subscription);
        }
    }

    /** A subscription cannot begin. */
    void refuse(long subscriptionId, TautwireException why) {
        frames.reject(out, subscriptionId, SubscribeDecoder.TEMPLATE_ID, why.code(), why.detail());
    }

    Backlog backlog() {
        return backlog;
    }

    private void notice(long subscriptionId, NoticeKind kind, long from, long to, String detail) {
        frames.notice(out, subscriptionId, kind, from, to, detail);
        if (kind == NoticeKind.GAP) {
            counters.increment(Counter.GAPS);
        }
    }

    private int giveAsPublished(Frame frame, int count) {
        return give(count, frame.buffer(), frame.offset(), frame.alignedLength(), false);
    }

    private int give(int count, DirectBuffer source, int offset, int alignedLength, boolean isRendered) {
        if (!out.deliver(ids, count, source, offset, alignedLength, isRendered)) {
            return NO_ROOM;
        }
        counters.increment(Counter.DELIVERED);
        return alignedLength;
    }

    /**
     * Where a message is too long it takes a notice for each subscription, and room may run out between two of them:
     * there it can go on later. Where it is rendered, that is not for the publisher to wait for.
     */
    private void leaveToBacklog(Frame frame, Subscription[] matching) {
        boolean isNews = false;
        for (final Subscription subscription : matching) {
            if (subscription.isLive()) {
                subscription.standAt(frame.position());
                backlog.add(subscription);
                isNews = true;
            }
        }
        if (isNews) {
            backlog.wake();
        }
    }

    private void fallBehind(Subscription subscription, Frame frame, Counter why) {
        subscription.standAt(frame.position());
        backlog.add(subscription);
        counters.increment(why);
    }
}
