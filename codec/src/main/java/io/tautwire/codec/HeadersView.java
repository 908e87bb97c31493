package io.tautwire.codec;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.agrona.DirectBuffer;

/**
 * Flyweight over the headers of a message, in the order they were added. They must be well-formed, as a server makes
 * sure before it appends: see {@link Headers#fault}. Begins before the first pair:
 *
 * <pre>{@code
 * view.wrap(message.buffer(), message.headersOffset(), message.headersLength());
 * while (view.next()) { use(view.name(), view.value()); }
 * }</pre>
 *
 * <p>One thread at a time; valid as long as the buffer's bytes are. Allocates only where it returns a String or a copy.
 */
public final class HeadersView {
    /** Bytes of a name's length. */
    static final int NAME_LENGTH_BYTES = 1;

    /** Bytes of a value's length. */
    static final int VALUE_LENGTH_BYTES = 2;

    private DirectBuffer buffer;
    private int offset;
    private int end;
    private int nextOffset;
    private int nameOffset;
    private int nameLength;
    private int valueOffset;
    private int valueLength;

    /** Moves to other headers, before their first pair. */
    public HeadersView wrap(DirectBuffer buffer, int offset, int length) {
        this.buffer = buffer;
        this.offset = offset;
        this.end = offset + length;
        return rewind();
    }

    /** Moves to these headers, before their first pair. */
    public HeadersView wrap(Headers headers) {
        return wrap(headers.buffer(), 0, headers.length());
    }

    /** Goes back before the first pair. */
    public HeadersView rewind() {
        nextOffset = offset;
        return this;
    }

    /** Moves to the next pair; false when there is none. */
    public boolean next() {
        if (nextOffset >= end) {
            return false;
        }
        nameLength = buffer.getByte(nextOffset) & 0xFF;
        nameOffset = nextOffset + NAME_LENGTH_BYTES;
        final int nameEnd = nameOffset + nameLength;
        valueLength = buffer.getShort(nameEnd, LITTLE_ENDIAN) & 0xFFFF;
        valueOffset = nameEnd + VALUE_LENGTH_BYTES;
        nextOffset = valueOffset + valueLength;
        return true;
    }

    /** Moves to the first pair with this name, in UTF-8; false when there is none. Allocates nothing. */
    public boolean find(byte[] name) {
        rewind();
        while (next()) {
            if (Bytes.equal(buffer, nameOffset, nameLength, name)) {
                return true;
            }
        }
        return false;
    }

    /** As {@link #find(byte[])}, but allocates: a hot path keeps the name's bytes. */
    public boolean find(String name) {
        return find(name.getBytes(UTF_8));
    }

    /** What this looks at. */
    public DirectBuffer buffer() {
        return buffer;
    }

    /** Where the pair's name begins. */
    public int nameOffset() {
        return nameOffset;
    }

    /** Bytes of the pair's name. */
    public int nameLength() {
        return nameLength;
    }

    /** The pair's name. */
    public String name() {
        return Bytes.text(buffer, nameOffset, nameLength);
    }

    /** Where the pair's value begins. */
    public int valueOffset() {
        return valueOffset;
    }

    /** Bytes of the pair's value. */
    public int valueLength() {
        return valueLength;
    }

    /** The pair's value as text. */
    public String value() {
        return Bytes.text(buffer, valueOffset, valueLength);
    }

    /** A copy of the pair's value. */
    public byte[] valueBytes() {
        return Bytes.copy(buffer, valueOffset, valueLength);
    }
}
