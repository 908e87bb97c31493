package io.tautwire.system.sim;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.tautwire.client.internal.core.ClientSession;
import io.tautwire.client.internal.core.Interest;
import io.tautwire.client.internal.core.Registration;
import io.tautwire.client.internal.core.SubscriptionListener;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.MessageView;
import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.topic.TopicPattern;

/** A subscriber: has what it is given checked, and gives some credit back late. */
final class SimSubscription implements SubscriptionListener {
    private static final int WINDOW = 32 * 1024;

    private final SimWorld world;
    private final TopicPattern pattern;
    private final boolean isPretty;
    private final JournalView view;
    private final Deliveries deliveries;
    private final Chance chance;
    private final String name;
    private ClientSession session;
    private Life life;
    private Registration registration;
    private boolean isConfirmed;
    private boolean hasEnded;

    SimSubscription(SimWorld world, String name, String pattern, boolean isPretty, JournalView view) {
        this.world = world;
        this.name = name + " " + pattern;
        this.pattern = TopicPattern.parse(pattern);
        this.isPretty = isPretty;
        this.view = view;
        this.deliveries = new Deliveries(this.name, this.pattern);
        this.chance = world.chance(this.name);
        world.subscriptions().add(this);
    }

    void begin(ClientSession in, Life of) {
        session = in;
        life = of;
        registration = in.subscribe(Interest.live(pattern.text().getBytes(UTF_8), WINDOW), this);
    }

    Registration registration() {
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
        deliveries.begin(view, position);
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
        life.after(chance.below(world.shape().slowestNs()), () -> giveBack(alignedBytes));
        return 0;
    }

    @Override
    public void onNotice(int kind, long fromPosition, long toPosition, String detail) {
        deliveries.gap(fromPosition, toPosition);
    }

    @Override
    public void onOtherJournal(long lostJournalId, int lostEpoch, long lostPosition) {
        throw new AssertionError(name + " goes on in another session");
    }

    @Override
    public void onEnded(Code code, String reason) {
        hasEnded = true;
    }

    /** A body is one byte many times; rendered, two digits for each. */
    private void checkBody(MessageView message, boolean isRendered) {
        if (message.bodyLength() == 0) {
            return;
        }
        final int unitLength = isRendered ? 2 : 1;
        final byte first = message.buffer().getByte(message.bodyOffset());
        final byte last = message.buffer().getByte(message.bodyOffset() + unitLength - 1);
        boolean isRight = isRendered == isPretty && message.bodyLength() % unitLength == 0;
        for (int i = 0; isRight && i < message.bodyLength(); i += unitLength) {
            isRight = message.buffer().getByte(message.bodyOffset() + i) == first
                    && message.buffer().getByte(message.bodyOffset() + i + unitLength - 1) == last;
        }
        final Entry entry = view.find(message.incarnation(), message.sequence());
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
            session.consumed(registration, bytes);
            session.flush();
        }
    }
}
