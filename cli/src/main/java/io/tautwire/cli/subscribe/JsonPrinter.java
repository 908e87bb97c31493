package io.tautwire.cli.subscribe;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tautwire.cli.terminal.Json;
import io.tautwire.client.Message;
import io.tautwire.codec.HeadersView;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;

/**
 * Messages as JSON, one object a line: {@code topic}, {@code bookmark}, {@code timestamp} (ISO 8601 in UTC, with
 * nanoseconds), {@code publisher}, {@code sequence}, {@code headers} and {@code body}, or {@code bodyBase64} when the
 * body is not UTF-8; {@code possiblyRepeated}, true, where it may have been printed before; {@code rendered}, true,
 * where the server made the body readable.
 */
public final class JsonPrinter implements MessagePrinter {
    /** Nine digits always, so that the text sorts as the times do. */
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);

    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Json json;
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();

    /** Prints to the stream given. */
    public JsonPrinter(PrintStream out) {
        json = new Json(out);
    }

    @Override
    public void print(Message message) {
        json.line(fields -> write(message, fields));
    }

    private void write(Message message, JsonGenerator fields) throws IOException {
        fields.writeStringField("topic", message.topic());
        fields.writeStringField("bookmark", message.bookmark().text());
        fields.writeStringField("timestamp", timestamp(message.timestampNs()));
        fields.writeStringField("publisher", message.clientName());
        fields.writeNumberField("sequence", message.sequence());
        fields.writeObjectFieldStart("headers");
        for (final HeadersView headers = message.headers(); headers.next(); ) {
            writeText(fields, headers.name(), headers.valueBytes());
        }
        fields.writeEndObject();
        if (message.isPossiblyRepeated()) {
            fields.writeBooleanField("possiblyRepeated", true);
        }
        if (message.isRendered()) {
            fields.writeBooleanField("rendered", true);
        }
        writeText(fields, "body", message.bodyBytes());
    }

    private static String timestamp(long epochNs) {
        return TIMESTAMP.format(Instant.ofEpochSecond(
                Math.floorDiv(epochNs, NANOS_PER_SECOND), Math.floorMod(epochNs, NANOS_PER_SECOND)));
    }

    /** Text under its name; what is no text in Base64, under the name with {@code Base64} added. */
    private void writeText(JsonGenerator fields, String name, byte[] value) throws IOException {
        String text = null;
        try {
            text = utf8.decode(ByteBuffer.wrap(value)).toString();
        } catch (final CharacterCodingException e) {
            fields.writeFieldName(name + "Base64");
            fields.writeBinary(value);
        }
        if (text != null) {
            fields.writeStringField(name, text);
        }
    }
}
