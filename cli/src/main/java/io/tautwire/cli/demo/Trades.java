package io.tautwire.cli.demo;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The trades of a week, in order, each as a JSON object such as
 * {@code {"timestamp":1385337600,"price":800.01,"amount":0.1}}. Immutable; any thread.
 */
final class Trades {
    private static final String RESOURCE = "btcusd-trades-2013-11.csv.gz";
    private static final int EXPECTED_COUNT = 100_000;
    private static final int EXPECTED_BODY_BYTES = 64;

    private final DirectBuffer bodies;

    /** Where each body begins; the last entry is where the last one ends. */
    private final int[] offsets;

    private Trades(byte[] bodies, int[] offsets) {
        this.bodies = new UnsafeBuffer(bodies);
        this.offsets = offsets;
    }

    /** Reads the trades that travel with the program. */
    static Trades load() {
        try (InputStream resource = Trades.class.getResourceAsStream(RESOURCE);
                BufferedReader csv = new BufferedReader(
                        new InputStreamReader(new GZIPInputStream(resource), StandardCharsets.US_ASCII))) {
            return read(csv);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Trades read(BufferedReader csv) throws IOException {
        final ByteArrayOutputStream bodies = new ByteArrayOutputStream(EXPECTED_COUNT * EXPECTED_BODY_BYTES);
        final JsonGenerator json = new JsonFactory().createGenerator(bodies, JsonEncoding.UTF8);
        json.setRootValueSeparator(null);
        int[] offsets = new int[EXPECTED_COUNT + 1];
        int count = 0;
        csv.readLine();
        for (String row = csv.readLine(); row != null; row = csv.readLine()) {
            write(row, json);
            json.flush();
            if (++count == offsets.length) {
                offsets = Arrays.copyOf(offsets, 2 * offsets.length);
            }
            offsets[count] = bodies.size();
        }
        return new Trades(bodies.toByteArray(), Arrays.copyOf(offsets, count + 1));
    }

    private static void write(String row, JsonGenerator json) throws IOException {
        final int first = row.indexOf(',');
        final int second = row.indexOf(',', first + 1);
        json.writeStartObject();
        json.writeNumberField("timestamp", Long.parseLong(row, 0, first, 10));
        json.writeFieldName("price");
        json.writeNumber(plain(row.substring(first + 1, second)));
        json.writeFieldName("amount");
        json.writeNumber(plain(row.substring(second + 1)));
        json.writeEndObject();
    }

    /** The file has twelve decimals everywhere; the zeros at the end say nothing. */
    private static String plain(String decimal) {
        return new BigDecimal(decimal).stripTrailingZeros().toPlainString();
    }

    /** How many there are. */
    int count() {
        return offsets.length - 1;
    }

    /** The buffer that holds all bodies. */
    DirectBuffer bodies() {
        return bodies;
    }

    /** Where a body begins. */
    int offset(int index) {
        return offsets[index];
    }

    /** The bytes of a body. */
    int length(int index) {
        return offsets[index + 1] - offsets[index];
    }

    /** Whether these bytes are the body of the trade with this index. */
    boolean matches(int index, DirectBuffer buffer, int offset, int length) {
        if (length != length(index)) {
            return false;
        }
        final int start = offsets[index];
        for (int i = 0; i < length; i++) {
            if (bodies.getByte(start + i) != buffer.getByte(offset + i)) {
                return false;
            }
        }
        return true;
    }
}
