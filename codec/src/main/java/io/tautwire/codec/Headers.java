package io.tautwire.codec;

import static io.tautwire.codec.HeadersView.NAME_LENGTH_BYTES;
import static io.tautwire.codec.HeadersView.VALUE_LENGTH_BYTES;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Name/value pairs that travel with a message, in the order they were added, as compact as on the wire: for each the
 * name's length (uint8, at least 1), the name in UTF-8, the value's length (uint16, little-endian) and the value. A
 * name may come more than once. Immutable; any thread.
 */
public final class Headers {
    /** No pairs. */
    public static final Headers EMPTY = new Headers(new byte[0]);

    /** Longest name, in bytes of UTF-8. */
    public static final int MAX_NAME_LENGTH = 255;

    /** Most bytes that all pairs of a message take up together. */
    public static final int MAX_LENGTH = FrameShape.MAX_VAR_LENGTH;

    private final byte[] bytes;
    private final UnsafeBuffer buffer;

    private Headers(byte[] bytes) {
        this.bytes = bytes;
        this.buffer = new UnsafeBuffer(bytes);
    }

    /** Begins with no pairs. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * A copy of headers in their encoded form.
     *
     * @throws TautwireException {@link Code#HEADERS_INVALID} with the byte position of the fault.
     */
    public static Headers parse(DirectBuffer buffer, int offset, int length) {
        final int fault = fault(buffer, offset, length);
        if (fault >= 0) {
            throw new TautwireException(Code.HEADERS_INVALID, "no whole name and value at position=" + fault);
        }
        return length == 0 ? EMPTY : new Headers(Bytes.copy(buffer, offset, length));
    }

    /**
     * Where encoded headers are malformed: the position, from the offset, of the pair that is not whole or has no name;
     * -1 when all is well. Reads nothing outside the range and allocates nothing.
     */
    public static int fault(DirectBuffer buffer, int offset, int length) {
        int at = 0;
        while (at < length) {
            final int nameLength = buffer.getByte(offset + at) & 0xFF;
            final int nameEnd = at + NAME_LENGTH_BYTES + nameLength;
            if (nameLength == 0 || nameEnd > length - VALUE_LENGTH_BYTES) {
                return at;
            }
            final int valueLength = buffer.getShort(offset + nameEnd, LITTLE_ENDIAN) & 0xFFFF;
            final int pairEnd = nameEnd + VALUE_LENGTH_BYTES + valueLength;
            if (pairEnd > length) {
                return at;
            }
            at = pairEnd;
        }
        return -1;
    }

    /** Bytes of the encoded form. */
    public int length() {
        return bytes.length;
    }

    /** A copy of the encoded form. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** A new view, before the first pair. */
    public HeadersView view() {
        return new HeadersView().wrap(this);
    }

    /** Value, as text, of the first pair with this name; null when there is none. */
    public String get(String name) {
        final HeadersView view = view();
        return view.find(name) ? view.value() : null;
    }

    DirectBuffer buffer() {
        return buffer;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Headers && Arrays.equals(bytes, ((Headers) other).bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The pairs, as {@code {name=value, ...}}. */
    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder("{");
        final HeadersView view = view();
        while (view.next()) {
            text.append(text.length() > 1 ? ", " : "")
                    .append(view.name())
                    .append('=')
                    .append(view.value());
        }
        return text.append('}').toString();
    }

    /** Collects pairs. One thread at a time. */
    public static final class Builder {
        private final ExpandableArrayBuffer encoded = new ExpandableArrayBuffer();
        private int length;

        private Builder() {}

        /** Adds a pair with a value of text. */
        public Builder add(String name, String value) {
            return add(name, value.getBytes(UTF_8));
        }

        /**
         * Adds a pair with a value of opaque bytes, which are copied.
         *
         * @throws TautwireException {@link Code#HEADERS_INVALID} if the name is empty or too long, or all together are.
         */
        public Builder add(String name, byte[] value) {
            final byte[] nameBytes = name.getBytes(UTF_8);
            if (nameBytes.length == 0 || nameBytes.length > MAX_NAME_LENGTH) {
                throw new TautwireException(
                        Code.HEADERS_INVALID,
                        "name=\"" + name + "\" has bytes=" + nameBytes.length + "; give 1 to " + MAX_NAME_LENGTH);
            }
            final long total = (long) length + NAME_LENGTH_BYTES + nameBytes.length + VALUE_LENGTH_BYTES + value.length;
            if (total > MAX_LENGTH) {
                throw new TautwireException(
                        Code.HEADERS_INVALID,
                        "with name=\"" + name + "\" the headers have bytes=" + total + "; give at most " + MAX_LENGTH);
            }
            append(nameBytes, value);
            return this;
        }

        private void append(byte[] name, byte[] value) {
            encoded.putByte(length, (byte) name.length);
            length += NAME_LENGTH_BYTES;
            encoded.putBytes(length, name);
            length += name.length;
            encoded.putShort(length, (short) value.length, LITTLE_ENDIAN);
            length += VALUE_LENGTH_BYTES;
            encoded.putBytes(length, value);
            length += value.length;
        }

        /** The pairs added so far. */
        public Headers build() {
            return length == 0 ? EMPTY : new Headers(Bytes.copy(encoded, 0, length));
        }
    }
}
