package io.tautwire.server.internal.broker;

import io.tautwire.TautwireException;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.Headers;
import io.tautwire.codec.MessageView;
import io.tautwire.codec.ProtocolException;
import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.MessageDecoder;
import io.tautwire.codec.sbe.MessageHeaderDecoder;
import io.tautwire.codec.sbe.SkipDecoder;
import io.tautwire.codec.topic.Topics;
import io.tautwire.journal.Journal;
import io.tautwire.server.internal.broker.counters.Counter;
import io.tautwire.server.internal.broker.delivery.Route;
import io.tautwire.server.internal.broker.output.SessionOutput;
import io.tautwire.server.internal.broker.publisher.Publisher;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/** What a session publishes, from the frame that came in to the journal and on to its subscribers. */
final class PublishPath {
    private final BrokerParts parts;
    private final SessionOutput out;
    private final Publisher publisher;
    private final Entitlements entitlements;
    private final byte[] clientName;
    private final long incarnation;
    private final MessageView message = new MessageView();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SkipDecoder skip = new SkipDecoder();

    /** Whether commands are let pass until the one that found no room comes again. */
    private boolean isStorageFull;

    PublishPath(BrokerParts parts, SessionOutput out, Publisher publisher, Entitlements entitlements) {
        this.parts = parts;
        this.out = out;
        this.publisher = publisher;
        this.entitlements = entitlements;
        this.clientName = publisher.identity().clientName().getBytes(StandardCharsets.UTF_8);
        this.incarnation = publisher.identity().incarnation();
    }

    /**
     * A Message came in.
     *
     * @return NOT_YET when the journal has to get on first.
     * @throws ProtocolException if it is not of this session, or not the next one.
     * @throws TautwireException JOURNAL_FAILED.
     */
    Taken onMessage(DirectBuffer buffer, int offset, int length) {
        message.wrap(buffer, offset);
        final long sequence = message.sequence();
        checkIdentity(message.clientNameEquals(clientName), message.incarnation());
        if (!isNext(sequence)) {
            return Taken.YES;
        }
        final Route route = parts.router.route(buffer, message.topicOffset(), message.topicLength());
        final Code code = judge(route);
        if (code != Code.OK) {
            return refuse(sequence, code, refusalReason(code));
        }
        final long position = append(buffer, offset, length);
        if (position == Journal.TOO_LARGE) {
            return refuse(
                    sequence,
                    Code.MESSAGE_TOO_LARGE,
                    "frame length=" + length + " does not fit a segment of the server's journal; send less at a time");
        }
        if (position < 0) {
            return onNoRoom(position, sequence);
        }
        onAppended(MessageDecoder.TEMPLATE_ID);
        route.deliver(parts.appender.appended());
        return Taken.YES;
    }

    /** A Skip came in: as {@link #onMessage}, but it takes up a sequence and nothing else. */
    Taken onSkip(DirectBuffer buffer, int offset, int length) {
        skip.wrapAndApplyHeader(buffer, offset + FrameDescriptor.HEADER_OFFSET, header);
        final long sequence = skip.sequence();
        final long skipIncarnation = skip.incarnation();
        final int code = skip.codeRaw();
        checkIdentity(skip.clientName().equals(publisher.identity().clientName()), skipIncarnation);
        if (code == Code.OK.value()) {
            throw new ProtocolException(Code.PROTOCOL_ERROR, "a Skip says why with its code; code=OK");
        }
        if (!isNext(sequence)) {
            return Taken.YES;
        }
        final long position = append(buffer, offset, length);
        if (position < 0) {
            return onNoRoom(position, sequence);
        }
        parts.counters.increment(Counter.REFUSED);
        onAppended(SkipDecoder.TEMPLATE_ID);
        return Taken.YES;
    }

    private void checkIdentity(boolean isOwnName, long frameIncarnation) {
        parts.counters.increment(Counter.RECEIVED);
        if (!isOwnName || frameIncarnation != incarnation) {
            throw new ProtocolException(
                    Code.PROTOCOL_ERROR,
                    "a command names another client or incarnation=" + frameIncarnation + " than this session's client="
                            + publisher.identity().clientName() + " incarnation=" + incarnation);
        }
    }

    private boolean isNext(long sequence) {
        final long last = publisher.lastSequence();
        if (sequence == last + 1 && sequence != Long.MAX_VALUE) { // or the next one would be none
            return true;
        }
        if (isStorageFull && sequence > last) {
            return false; // sent before the peer heard: they come again, after the one expected
        }
        if (sequence > last || sequence < 1) {
            throw new ProtocolException(
                    Code.SEQUENCE_INVALID,
                    "sequence=" + sequence + " does not follow lastSequence=" + last + "; send without gaps");
        }
        parts.counters.increment(Counter.DUPLICATES);
        return false;
    }

    private Code judge(Route route) {
        if (route == null) {
            return Code.TOPIC_INVALID;
        }
        final DirectBuffer buffer = message.buffer();
        if (message.bodyLength() > parts.config.limits().maxBody()) {
            return Code.MESSAGE_TOO_LARGE;
        }
        final int headersLength = message.headersLength();
        if (headersLength > 0 && Headers.fault(buffer, message.headersOffset(), headersLength) >= 0) {
            return Code.HEADERS_INVALID;
        }
        final int replyToLength = message.replyToLength();
        if (replyToLength > 0 && Topics.fault(buffer, message.replyToOffset(), replyToLength) >= 0) {
            return Code.TOPIC_INVALID;
        }
        return entitlements.mayPublish(buffer, message.topicOffset(), message.topicLength())
                ? Code.OK
                : Code.NOT_ENTITLED;
    }

    private String refusalReason(Code code) {
        final DirectBuffer buffer = message.buffer();
        switch (code) {
            case TOPIC_INVALID:
                return topicReason(buffer);
            case MESSAGE_TOO_LARGE:
                return "body length=" + message.bodyLength() + " exceeds the server's limit maxBody="
                        + parts.config.limits().maxBody() + "; send less at a time";
            case HEADERS_INVALID:
                return "headers are malformed at position="
                        + Headers.fault(buffer, message.headersOffset(), message.headersLength());
            default:
                return "user='" + publisher.identity().user() + "' may not publish on topic=" + message.topic();
        }
    }

    private String topicReason(DirectBuffer buffer) {
        final int fault = Topics.fault(buffer, message.topicOffset(), message.topicLength());
        return fault >= 0
                ? "topic is malformed at position=" + fault + " length=" + message.topicLength()
                : "replyTo is malformed at position="
                        + Topics.fault(buffer, message.replyToOffset(), message.replyToLength());
    }

    private Taken refuse(long sequence, Code code, String reason) {
        final long opened = parts.publisherLog.open(publisher);
        final long result = opened < 0 ? opened : parts.publisherLog.refuse(publisher, sequence, code.value(), reason);
        if (result < 0) {
            return onNoRoom(result, sequence);
        }
        isStorageFull = false;
        parts.counters.increment(Counter.REFUSED);
        return Taken.YES;
    }

    private long append(DirectBuffer buffer, int offset, int length) {
        final long opened = parts.publisherLog.open(publisher);
        return opened < 0 ? opened : parts.appender.append(buffer, offset, length, parts.batch.stampNs());
    }

    private void onAppended(int templateId) {
        isStorageFull = false;
        parts.publisherLog.onAppended(publisher, templateId);
        parts.counters.increment(Counter.APPENDED);
    }

    /** Where the disk is only late the peer waits; where it is full the peer is told, for that may last. */
    private Taken onNoRoom(long result, long sequence) {
        final Throwable cause = parts.journal.prepareFailure();
        if (result == Journal.NOT_READY && cause == null) {
            return Taken.NOT_YET;
        }
        isStorageFull = true;
        parts.counters.increment(Counter.STORAGE_FULL);
        parts.host.onFault(FaultKind.STORAGE_FULL, "the journal takes nothing more; make room on its disk", cause);
        parts.frames.reject(
                out,
                sequence,
                MessageDecoder.TEMPLATE_ID,
                Code.STORAGE_FULL,
                "the journal has no room for sequence=" + sequence + "; send it again later");
        return Taken.YES;
    }
}
