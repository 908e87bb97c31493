package io.tautwire.client;

import io.tautwire.codec.Headers;
import java.util.Objects;

/**
 * What the messages of a {@link Publication} have in common. Immutable; the {@code with} methods return copies.
 */
public final class PublicationSpec {
    private static final byte[] NONE = {};

    private final String topic;
    private final Headers headers;
    private final byte[] correlationId;
    private final String replyTo;

    private PublicationSpec(String topic, Headers headers, byte[] correlationId, String replyTo) {
        this.topic = Objects.requireNonNull(topic, "topic");
        this.headers = Objects.requireNonNull(headers, "headers");
        this.correlationId = correlationId;
        this.replyTo = Objects.requireNonNull(replyTo, "replyTo");
    }

    /** Messages on a topic, with nothing else. */
    public static PublicationSpec of(String topic) {
        return new PublicationSpec(topic, Headers.EMPTY, NONE, "");
    }

    /** The same with headers. */
    public PublicationSpec withHeaders(Headers headers) {
        return new PublicationSpec(topic, headers, correlationId, replyTo);
    }

    /** The same with opaque bytes that an answer should carry; they are copied. */
    public PublicationSpec withCorrelationId(byte[] correlationId) {
        return new PublicationSpec(topic, headers, correlationId.clone(), replyTo);
    }

    /** The same with a topic for an answer. */
    public PublicationSpec withReplyTo(String replyTo) {
        return new PublicationSpec(topic, headers, correlationId, replyTo);
    }

    /** The topic. */
    public String topic() {
        return topic;
    }

    /** The headers; without pairs when there are none. */
    public Headers headers() {
        return headers;
    }

    /** The correlation id, a copy; empty when there is none. */
    public byte[] correlationId() {
        return correlationId.clone();
    }

    /** The topic for an answer; empty when there is none. */
    public String replyTo() {
        return replyTo;
    }

    @Override
    public String toString() {
        return "topic=" + topic;
    }
}
