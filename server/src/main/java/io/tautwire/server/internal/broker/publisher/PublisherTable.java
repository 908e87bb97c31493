package io.tautwire.server.internal.broker.publisher;

import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.sbe.MessageDecoder;
import io.tautwire.codec.sbe.MessageHeaderDecoder;
import io.tautwire.codec.sbe.PublisherDecoder;
import io.tautwire.codec.sbe.PublisherState;
import io.tautwire.codec.sbe.RefusedDecoder;
import io.tautwire.codec.sbe.SkipDecoder;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Every publisher that is remembered: those with a session, and those without one until they are forgotten. Forgotten
 * is who never published, who closed its store and was told every outcome, whose last session ended longer ago than the
 * retention, and, where there are too many, whose session ended first.
 *
 * <p>A view: what it says of publishers and refusals follows from frames, by {@link #apply}, which is the same for a
 * frame just made and for one read again after a restart. Sessions, what a publisher knows and since when it is away do
 * not.
 */
public final class PublisherTable {
    /** Refused ranges kept for all publishers without a session. */
    private static final int IDLE_REFUSALS = 64 * 1024;

    private final int maxIdle;
    private final long retentionNs;
    private final Map<Identity, Publisher> active = new HashMap<>();
    private final Map<Identity, Publisher> idle = new LinkedHashMap<>();
    private final Speakers speakers = new Speakers();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final MessageDecoder message = new MessageDecoder();
    private final SkipDecoder skip = new SkipDecoder();
    private final RefusedDecoder refused = new RefusedDecoder();
    private final PublisherDecoder state = new PublisherDecoder();
    private final DirectBuffer name = new UnsafeBuffer();
    private long idleRefusals;
    private boolean isAwayUnknown;

    /**
     * An empty table.
     *
     * @param maxIdle     publishers without a session to remember at most.
     * @param retentionNs how long to remember one of them.
     */
    public PublisherTable(int maxIdle, long retentionNs) {
        this.maxIdle = maxIdle;
        this.retentionNs = retentionNs;
    }

    /** The publisher that a session speaks for from now on. */
    public Publisher open(Identity identity) {
        final Publisher returning = idle.remove(identity);
        if (returning != null) {
            idleRefusals -= returning.refusals().count();
            active.put(identity, returning);
            return returning;
        }
        return active.computeIfAbsent(identity, Publisher::new);
    }

    /**
     * The last session of a publisher has ended.
     *
     * @param nowNs time of the broker's timer.
     */
    public void close(Publisher publisher, long nowNs) {
        active.remove(publisher.identity());
        if (!publisher.hasPublished() && !publisher.isJournaled()) {
            return; // those who only read come and go in numbers, and must not push publishers out
        }
        publisher.idleSinceNs(nowNs);
        addIdle(publisher);
    }

    /**
     * Forgets who is past the retention, and the eldest of those who are too many.
     *
     * @param nowNs    time of the broker's timer.
     * @param forgetter applies that a publisher is closed; false if that has to wait.
     */
    public void forget(long nowNs, Predicate<Publisher> forgetter) {
        if (isAwayUnknown) {
            isAwayUnknown = false;
            idle.values().forEach(publisher -> publisher.idleSinceNs(nowNs));
        }
        while (!idle.isEmpty()) {
            final Publisher eldest = idle.values().iterator().next();
            final boolean isTooMany = idle.size() > maxIdle || idleRefusals > IDLE_REFUSALS;
            if (!isTooMany && nowNs - eldest.idleSinceNs() < retentionNs || !forgetter.test(eldest)) {
                return;
            }
        }
    }

    /**
     * A frame of the journal: what follows from it. Frames of other templates, and what they say that this does not
     * need to know, are let pass.
     *
     * @return false if it is a command of somebody that the journal has not told of: it does not begin where it should.
     */
    public boolean apply(int templateId, DirectBuffer buffer, int offset) {
        final int at = offset + FrameDescriptor.HEADER_OFFSET;
        switch (templateId) {
            case MessageDecoder.TEMPLATE_ID:
                message.wrapAndApplyHeader(buffer, at, header).wrapClientName(name);
                return apply(speakers.find(message.incarnation(), name), templateId, buffer, offset);
            case SkipDecoder.TEMPLATE_ID:
                skip.wrapAndApplyHeader(buffer, at, header).wrapClientName(name);
                return apply(speakers.find(skip.incarnation(), name), templateId, buffer, offset);
            case RefusedDecoder.TEMPLATE_ID:
                refused.wrapAndApplyHeader(buffer, at, header).wrapClientName(name);
                return apply(speakers.find(refused.incarnation(), name), templateId, buffer, offset);
            case PublisherDecoder.TEMPLATE_ID:
                state.wrapAndApplyHeader(buffer, at, header);
                final long incarnation = state.incarnation();
                final String clientName = state.clientName();
                return apply(known(new Identity(state.user(), clientName, incarnation)), templateId, buffer, offset);
            default:
                return true;
        }
    }

    /** As {@link #apply(int, DirectBuffer, int)}, where it is known whose frame it is. */
    public boolean apply(Publisher publisher, int templateId, DirectBuffer buffer, int offset) {
        if (publisher == null) {
            return false;
        }
        final int at = offset + FrameDescriptor.HEADER_OFFSET;
        switch (templateId) {
            case MessageDecoder.TEMPLATE_ID:
                publisher.appended(
                        message.wrapAndApplyHeader(buffer, at, header).sequence());
                break;
            case SkipDecoder.TEMPLATE_ID:
                skip.wrapAndApplyHeader(buffer, at, header);
                final int code = skip.codeRaw();
                refuse(publisher, skip.sequence(), code, "given up by the client for code=" + code);
                break;
            case RefusedDecoder.TEMPLATE_ID:
                refused.wrapAndApplyHeader(buffer, at, header).skipClientName();
                refuse(publisher, refused.sequence(), refused.codeRaw(), refused.reason());
                break;
            case PublisherDecoder.TEMPLATE_ID:
                applyState(publisher, state.wrapAndApplyHeader(buffer, at, header));
                break;
            default:
                break;
        }
        return true;
    }

    /** How many publishers are remembered. */
    public int size() {
        return active.size() + idle.size();
    }

    /** Gives all that the journal holds something of, those without a session first, those away longest before them. */
    void forEachJournaled(Consumer<Publisher> consumer) {
        idle.values().stream().filter(Publisher::isJournaled).forEach(consumer);
        active.values().stream().filter(Publisher::isJournaled).forEach(consumer);
    }

    /** A publisher as a snapshot has it. */
    void restore(Publisher publisher) {
        addIdle(publisher);
        if (publisher.isOpen()) {
            speakers.put(publisher);
        }
        isAwayUnknown = true;
    }

    /** One that has no session yet is away, since a time that is not known. */
    private Publisher known(Identity identity) {
        final Publisher present = active.get(identity);
        if (present != null) {
            return present;
        }
        final Publisher away = idle.get(identity);
        if (away != null) {
            return away;
        }
        final Publisher made = new Publisher(identity);
        idle.put(identity, made);
        isAwayUnknown = true;
        return made;
    }

    private void applyState(Publisher publisher, PublisherDecoder says) {
        if (says.state() == PublisherState.CLOSED) {
            speakers.remove(publisher);
            active.remove(publisher.identity());
            if (idle.remove(publisher.identity()) != null) {
                idleRefusals -= publisher.refusals().count();
            }
        } else {
            publisher.opened(says.lastSequence());
            speakers.put(publisher);
        }
    }

    private void refuse(Publisher publisher, long sequence, int code, String reason) {
        final int before = publisher.refusals().count();
        publisher.refused(sequence, code, reason);
        if (idle.get(publisher.identity()) == publisher) { // in a recovery all are
            idleRefusals += publisher.refusals().count() - before;
        }
    }

    private void addIdle(Publisher publisher) {
        idle.put(publisher.identity(), publisher);
        idleRefusals += publisher.refusals().count();
    }
}
