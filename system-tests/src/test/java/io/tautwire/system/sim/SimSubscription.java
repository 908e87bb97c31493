package io.tautwire.system.sim;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.tautwire.client.internal.core.Interest;
import io.tautwire.client.internal.core.Registration;
import io.tautwire.client.internal.core.SubscriptionListener;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.MessageView;
import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.NoticeKind;
import io.tautwire.codec.topic.TopicPattern;

/** A subscriber: has what it is given checked, and gives some credit back late. */
final class SimSubscription implements SubscriptionListener {
    private static final int WINDOW = 32 * 1024;
    private static final int LOOKED_AT = 64;

    private final SimWorld world;
    private final ClientLife owner;
    private final boolean isPretty;
    private final Deliveries deliveries;
    private final Chance chance;
    private final String name;
    private final Registration registration;
    private boolean isConfirmed;
    private boolean hasEnded;

    SimSubscription(SimWorld world, ClientLife owner, String name, String pattern, boolean isPretty) {
        this.world = world;
        this.owner = owner;
        this.name = name + " " + pattern;
        this.isPretty = isPretty;
        this.deliveries = new Deliveries(this.name, TopicPattern.parse(pattern));
        this.chance = world.chance(this.name);
        world.subscriptions().add(this);
        this.registration = owner.registered().add(Interest.live(pattern.getBytes(UTF_8), WINDOW), this);
    }

    /** Nothing more is wanted. */
    Registration end() {
        hasEnded = true;
        return registration;
    }

    Deliveries deliveries() {
        return deliveries;
    }

    /** Nothing more will come: it must have had all there is. */
    void checkComplete() {
        Broken.unless(isConfirmed, Promise.PROGRESS, () -> name + " was never confirmed");
        deliveries.checkComplete();
    }

    @Override
    public void onSubscribed(long journalId, int epoch, long position) {
        isConfirmed = true;
        world.trace().add(name, "begins at position=", position);
        deliveries.begin(owner.view(), position);
    }

    @Override
    public long onMessage(MessageView message, int alignedBytes, boolean isRendered) {
        checkBody(message, isRendered);
        final int leastBytes = isRendered ? FrameDescriptor.ALIGNMENT : alignedBytes; // rendered it has another length
        deliveries.message(
                message.position(), message.position() + leastBytes, message.incarnation(), message.sequence());
        if (chance.coin()) {
            return alignedBytes;
        }
        owner.process().after(chance.below(world.shape().slowestNs()), () -> giveBack(alignedBytes));
        return 0;
    }

    @Override
    public void onNotice(int kind, long fromPosition, long toPosition, String detail) {
        world.trace().add(name, "notice " + NoticeKind.get((short) kind) + " " + fromPosition + " to " + toPosition);
        if (kind == NoticeKind.GAP.value()) {
            Broken.unless(
                    world.shape().dropsMessages(),
                    Promise.GAP_FREE_PREFIX,
                    () -> name + " was told of a gap from " + fromPosition + " to " + toPosition + ": " + detail);
            deliveries.gap(fromPosition, toPosition);
        } else if (kind == NoticeKind.LIVE.value()) {
            deliveries.live(toPosition);
        }
    }

    @Override
    public void onOtherJournal(long lostJournalId, int lostEpoch, long lostPosition) {
        world.trace().add(name, "goes on in another journal");
    }

    @Override
    public void onEnded(Code code, String reason) {
        hasEnded = true;
        Broken.unless(code == Code.OK, Promise.NO_SURPRISE, () -> name + " ended " + code + " " + reason);
    }

    /** A body is one byte many times; rendered, two digits for each. Only its ends are looked at. */
    private void checkBody(MessageView message, boolean isRendered) {
        if (message.bodyLength() == 0) {
            return;
        }
        final int unit = isRendered ? 2 : 1;
        final int length = message.bodyLength();
        final int at = message.bodyOffset();
        final byte first = message.buffer().getByte(at);
        final byte last = message.buffer().getByte(at + unit - 1);
        boolean isRight = isRendered == isPretty && length % unit == 0;
        for (int i = 0; isRight && i < Math.min(length, LOOKED_AT); i += unit) {
            isRight = message.buffer().getByte(at + i) == first
                    && message.buffer().getByte(at + i + unit - 1) == last
                    && message.buffer().getByte(at + length - unit - i) == first
                    && message.buffer().getByte(at + length - 1 - i) == last;
        }
        final Entry entry = owner.view().find(message.incarnation(), message.sequence());
        final boolean holds = isRight && entry != null && isPublished(entry.bodyByte(), first, last, isRendered);
        Broken.unless(
                holds,
                Promise.TRUE_BYTES,
                () -> name + " body of sequence=" + message.sequence() + " isRendered=" + isRendered);
    }

    private static boolean isPublished(byte published, byte first, byte last, boolean isRendered) {
        if (!isRendered) {
            return first == published;
        }
        final byte[] digits = String.format("%02x", published).getBytes(US_ASCII);
        return first == digits[0] && last == digits[1];
    }

    private void giveBack(int bytes) {
        if (!hasEnded) {
            owner.consumed(registration, bytes);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
