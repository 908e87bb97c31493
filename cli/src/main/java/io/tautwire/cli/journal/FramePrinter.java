package io.tautwire.cli.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tautwire.cli.terminal.Json;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.HeadersView;
import io.tautwire.codec.MessageView;
import io.tautwire.codec.sbe.BookmarkRecordDecoder;
import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.MessageDecoder;
import io.tautwire.codec.sbe.PublisherDecoder;
import io.tautwire.codec.sbe.RefusedDecoder;
import io.tautwire.codec.sbe.SkipDecoder;
import io.tautwire.journal.recovery.FrameVisitor;
import java.io.IOException;
import java.io.PrintStream;
import org.agrona.DirectBuffer;
import org.agrona.sbe.MessageDecoderFlyweight;

/**
 * Frames as JSON, one object a line. All have {@code position}, {@code length} and {@code template}, those that a
 * server appended {@code timestamp}; ids are hexadecimal, as in bookmarks.
 */
public final class FramePrinter implements FrameVisitor {
    private final Json json;
    private final MessageView message = new MessageView();
    private final SkipDecoder skip = new SkipDecoder();
    private final PublisherDecoder publisher = new PublisherDecoder();
    private final RefusedDecoder refused = new RefusedDecoder();
    private final BookmarkRecordDecoder bookmark = new BookmarkRecordDecoder();

    /** Prints to the stream given, which it does not flush. */
    public FramePrinter(PrintStream out) {
        json = new Json(out);
    }

    @Override
    public void onFrame(long position, DirectBuffer buffer, int offset, int length, int templateId) {
        json.line(fields -> {
            fields.writeNumberField("position", position);
            fields.writeNumberField("length", length);
            switch (templateId) {
                case MessageDecoder.TEMPLATE_ID -> message(fields, buffer, offset);
                case SkipDecoder.TEMPLATE_ID -> skip(fields, buffer, offset);
                case PublisherDecoder.TEMPLATE_ID -> publisher(fields, buffer, offset);
                case RefusedDecoder.TEMPLATE_ID -> refused(fields, buffer, offset);
                case BookmarkRecordDecoder.TEMPLATE_ID -> bookmark(fields, buffer, offset);
                default -> begin(fields, Integer.toString(templateId), buffer, offset);
            }
        });
    }

    private void message(JsonGenerator fields, DirectBuffer buffer, int offset) throws IOException {
        message.wrap(buffer, offset);
        begin(fields, "Message", buffer, offset);
        command(fields, message.clientName(), message.incarnation(), message.sequence());
        fields.writeStringField("topic", message.topic());
        if (message.correlationIdLength() > 0) {
            Json.bytes(
                    fields,
                    "correlationId",
                    copy(buffer, message.correlationIdOffset(), message.correlationIdLength()));
        }
        if (message.replyToLength() > 0) {
            fields.writeStringField("replyTo", message.replyTo());
        }
        if (message.headersLength() > 0) {
            headers(fields, buffer);
        }
        Json.bytes(fields, "body", copy(buffer, message.bodyOffset(), message.bodyLength()));
    }

    private void headers(JsonGenerator fields, DirectBuffer buffer) throws IOException {
        fields.writeObjectFieldStart("headers");
        final HeadersView headers = new HeadersView().wrap(buffer, message.headersOffset(), message.headersLength());
        while (headers.next()) {
            Json.bytes(fields, headers.name(), headers.valueBytes());
        }
        fields.writeEndObject();
    }

    private void skip(JsonGenerator fields, DirectBuffer buffer, int offset) throws IOException {
        wrap(skip, buffer, offset);
        begin(fields, "Skip", buffer, offset);
        command(fields, skip.clientName(), skip.incarnation(), skip.sequence());
        code(fields, skip.codeRaw());
    }

    private void publisher(JsonGenerator fields, DirectBuffer buffer, int offset) throws IOException {
        wrap(publisher, buffer, offset);
        begin(fields, "Publisher", buffer, offset);
        final String state = publisher.state().name();
        author(fields, publisher.clientName(), publisher.incarnation());
        fields.writeNumberField("lastSequence", publisher.lastSequence());
        fields.writeStringField("state", state);
        fields.writeStringField("user", publisher.user());
    }

    private void refused(JsonGenerator fields, DirectBuffer buffer, int offset) throws IOException {
        wrap(refused, buffer, offset);
        begin(fields, "Refused", buffer, offset);
        command(fields, refused.clientName(), refused.incarnation(), refused.sequence());
        code(fields, refused.codeRaw());
        fields.writeStringField("reason", refused.reason());
    }

    private void bookmark(JsonGenerator fields, DirectBuffer buffer, int offset) throws IOException {
        wrap(bookmark, buffer, offset);
        begin(fields, "BookmarkRecord", buffer, offset);
        fields.writeNumberField("subscription", bookmark.subscription());
        fields.writeStringField("change", bookmark.change().name());
        fields.writeStringField("journalId", Long.toHexString(bookmark.journalId()));
        fields.writeNumberField("epoch", bookmark.epoch());
        fields.writeNumberField("at", bookmark.at());
        fields.writeNumberField("beforeEpoch", bookmark.beforeEpoch());
        fields.writeNumberField("before", bookmark.before());
        fields.writeNumberField("repeatedTo", bookmark.repeatedTo());
        fields.writeStringField("name", bookmark.name());
        fields.writeStringField("pattern", bookmark.pattern());
    }

    private static void begin(JsonGenerator fields, String template, DirectBuffer buffer, int offset)
            throws IOException {
        fields.writeStringField("template", template);
        if (FrameDescriptor.isStamped(buffer, offset) && FrameDescriptor.timestamp(buffer, offset) != 0) {
            fields.writeStringField("timestamp", Json.timestamp(FrameDescriptor.timestamp(buffer, offset)));
        }
    }

    private static void command(JsonGenerator fields, String clientName, long incarnation, long sequence)
            throws IOException {
        author(fields, clientName, incarnation);
        fields.writeNumberField("sequence", sequence);
    }

    private static void author(JsonGenerator fields, String clientName, long incarnation) throws IOException {
        fields.writeStringField("clientName", clientName);
        fields.writeStringField("incarnation", Long.toHexString(incarnation));
    }

    /** A later version may know more of them. */
    private static void code(JsonGenerator fields, int number) throws IOException {
        String name = Integer.toString(number);
        for (final Code code : Code.values()) {
            if (code.value() == number) {
                name = code.name();
            }
        }
        fields.writeStringField("code", name);
    }

    private static void wrap(MessageDecoderFlyweight decoder, DirectBuffer buffer, int offset) {
        decoder.wrap(
                buffer,
                offset + FrameDescriptor.BLOCK_OFFSET,
                FrameDescriptor.blockLength(buffer, offset),
                FrameDescriptor.version(buffer, offset));
    }

    private static byte[] copy(DirectBuffer buffer, int offset, int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return bytes;
    }
}
