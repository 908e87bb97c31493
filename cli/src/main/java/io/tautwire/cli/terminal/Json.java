package io.tautwire.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Results as JSON, one object a line. One thread at a time. */
public final class Json implements AutoCloseable {
    /** Nine digits always, so that the text sorts as the times do. */
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);

    private static final long NANOS_A_SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MICROS_PER_SECOND = 1e6;

    private final JsonGenerator generator;

    /** Writes a JSON object. */
    @FunctionalInterface
    public interface Fields {
        /**
         * Writes the fields of an object that is begun and ended by the caller.
         *
         * @throws IOException as the generator throws it.
         */
        void write(JsonGenerator generator) throws IOException;
    }

    /** Lines on the stream given, which stays open. */
    public Json(PrintStream out) {
        try {
            generator = new JsonFactory()
                    .createGenerator(out, JsonEncoding.UTF8)
                    .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                    .disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM)
                    .setPrettyPrinter(new MinimalPrettyPrinter(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes one object and its line end to the stream, which is not flushed. */
    public void line(Fields fields) {
        try {
            generator.writeStartObject();
            fields.write(generator);
            generator.writeEndObject();
            generator.writeRaw('\n');
            generator.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes one object as all there is to say, and flushes the stream. */
    public static void only(Terminal terminal, Fields fields) {
        try (Json json = new Json(terminal.out())) {
            json.line(fields);
        }
        terminal.out().flush();
    }

    /** A point in time, given in nanoseconds since the epoch, as ISO 8601 in UTC with nanoseconds. */
    public static String timestamp(long epochNs) {
        return TIMESTAMP.format(
                Instant.ofEpochSecond(Math.floorDiv(epochNs, NANOS_A_SECOND), Math.floorMod(epochNs, NANOS_A_SECOND)));
    }

    /** Writes text under a name; what is no text in Base64, under the name with {@code Base64} added. */
    public static void bytes(JsonGenerator generator, String name, byte[] value) throws IOException {
        String text = null;
        try {
            text = UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
        } catch (CharacterCodingException e) {
            generator.writeFieldName(name + "Base64");
            generator.writeBinary(value);
        }
        if (text != null) {
            generator.writeStringField(name, text);
        }
    }

    /** A time span in seconds. */
    public static double seconds(long elapsedNs) {
        return elapsedNs / NANOS_PER_SECOND;
    }

    /** Writes a time span as field {@code seconds}, to the microsecond. */
    public static void seconds(JsonGenerator generator, long elapsedNs) throws IOException {
        generator.writeNumberField("seconds", Math.round(seconds(elapsedNs) * MICROS_PER_SECOND) / MICROS_PER_SECOND);
    }

    /** Writes the percentiles of a histogram of nanoseconds as an object field. */
    public static void percentiles(JsonGenerator generator, String name, Histogram nanos) throws IOException {
        generator.writeObjectFieldStart(name);
        for (Percentile percentile : Percentile.values()) {
            generator.writeNumberField(percentile.label(), percentile.of(nanos));
        }
        generator.writeEndObject();
    }

    @Override
    public void close() {
        try {
            generator.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
