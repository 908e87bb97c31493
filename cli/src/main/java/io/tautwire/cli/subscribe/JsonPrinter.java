package io.tautwire.cli.subscribe;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tautwire.cli.terminal.Json;
import io.tautwire.client.Message;
import io.tautwire.codec.HeadersView;
import java.io.IOException;
import java.io.PrintStream;

/**
 * Messages as JSON, one object a line: {@code topic}, {@code bookmark}, {@code timestamp} (ISO 8601 in UTC, with
 * nanoseconds), {@code publisher}, {@code sequence}, {@code headers} and {@code body}, or {@code bodyBase64} when the
 * body is not UTF-8; {@code possiblyRepeated}, true, where it may have been printed before; {@code rendered}, true,
 * where the server made the body readable.
 */
public final class JsonPrinter implements MessagePrinter {
    private final Json json;

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
        fields.writeStringField("timestamp", Json.timestamp(message.timestampNs()));
        fields.writeStringField("publisher", message.clientName());
        fields.writeNumberField("sequence", message.sequence());
        fields.writeObjectFieldStart("headers");
        for (final HeadersView headers = message.headers(); headers.next(); ) {
            Json.bytes(fields, headers.name(), headers.valueBytes());
        }
        fields.writeEndObject();
        if (message.isPossiblyRepeated()) {
            fields.writeBooleanField("possiblyRepeated", true);
        }
        if (message.isRendered()) {
            fields.writeBooleanField("rendered", true);
        }
        Json.bytes(fields, "body", message.bodyBytes());
    }
}
