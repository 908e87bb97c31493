package io.tautwire.codec.topic;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** What client names, topics and patterns have in common: one scan finds the first fault, whose byte tells why. */
final class Syntax {
    static final byte SEPARATOR = '/';
    static final byte ONE_LEVEL = '+';
    static final byte REST = '#';

    private static final int SHOWN_BYTES = 64;

    private Syntax() {}

    /** Which text is looked at, and how its refusal is called. */
    enum Rules {
        CLIENT_NAME(Code.NAME_INVALID, "clientName"),
        TOPIC(Code.TOPIC_INVALID, "topic"),
        PATTERN(Code.PATTERN_INVALID, "pattern");

        private final Code code;
        private final String label;

        Rules(Code code, String label) {
            this.code = code;
            this.label = label;
        }
    }

    /** Position of the first fault, counted from {@code offset}, or -1. */
    static int fault(DirectBuffer buffer, int offset, int length, Rules rules) {
        if (length <= 0) {
            return 0;
        }
        final int end = offset + length;
        final int scanEnd = offset + Math.min(length, Topics.MAX_LENGTH);
        int index = offset;
        while (index < scanEnd) {
            final int taken = Utf8.sequenceLength(buffer, index, end);
            if (taken == 0 || isControl(buffer.getByte(index))) {
                return index - offset;
            }
            if (rules != Rules.CLIENT_NAME && isLevelFault(buffer, index, offset, end, rules)) {
                return index - offset;
            }
            index += taken;
        }
        return length > Topics.MAX_LENGTH ? Topics.MAX_LENGTH : -1;
    }

    /** A level is not empty; a wildcard fills its level, and the one for the rest stands last. */
    private static boolean isLevelFault(DirectBuffer buffer, int index, int offset, int end, Rules rules) {
        final byte b = buffer.getByte(index);
        if (b != SEPARATOR && b != ONE_LEVEL && b != REST) {
            return false;
        }
        final boolean isLevelStart = index == offset || buffer.getByte(index - 1) == SEPARATOR;
        final boolean isLast = index + 1 == end;
        if (b == SEPARATOR) {
            return isLevelStart || isLast;
        }
        final boolean endsLevel = isLast || b == ONE_LEVEL && buffer.getByte(index + 1) == SEPARATOR;
        return rules != Rules.PATTERN || !isLevelStart || !endsLevel;
    }

    private static boolean isControl(byte b) {
        return b >= 0 && b < 0x20 || b == 0x7F;
    }

    /** Refuses what is at fault. */
    static void check(DirectBuffer buffer, int offset, int length, Rules rules) {
        final int position = fault(buffer, offset, length, rules);
        if (position >= 0) {
            throw new TautwireException(
                    rules.code,
                    rules.label + "=" + shown(buffer, offset, length) + " position=" + position + ": "
                            + reason(buffer, offset, length, position));
        }
    }

    /** The text in UTF-8, checked. A text that is too long is not encoded beyond what shows it. */
    static byte[] encode(CharSequence text, Rules rules) {
        final byte[] bytes = Utf8.encode(text, Topics.MAX_LENGTH + 1);
        check(new UnsafeBuffer(bytes), 0, bytes.length, rules);
        return bytes;
    }

    private static String reason(DirectBuffer buffer, int offset, int length, int position) {
        if (length <= 0) {
            return "it is empty; give 1 to " + Topics.MAX_LENGTH + " bytes";
        }
        if (position == Topics.MAX_LENGTH) {
            return "it is too long; give at most " + Topics.MAX_LENGTH + " bytes of UTF-8";
        }
        final byte b = buffer.getByte(offset + position);
        if (b == SEPARATOR) {
            return "an empty level; leave out this '/' or put a level beside it";
        }
        if (b == ONE_LEVEL) {
            return "'+' stands for one whole level, in a pattern only; put nothing beside it in its level";
        }
        if (b == REST) {
            return "'#' stands for the rest, in a pattern only; make it the whole last level";
        }
        return isControl(b)
                ? "a control character; leave out U+0000 to U+001F and U+007F"
                : "not UTF-8; encode the text as UTF-8, without lone surrogates";
    }

    /** The beginning of the text, made harmless for a log line. */
    private static String shown(DirectBuffer buffer, int offset, int length) {
        final byte[] bytes = new byte[Math.max(0, Math.min(length, SHOWN_BYTES))];
        buffer.getBytes(offset, bytes);
        final String text = new String(bytes, StandardCharsets.UTF_8);
        final StringBuilder shown = new StringBuilder(text.length() + 8).append('\'');
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                shown.append(String.format("\\u%04X", (int) c));
            } else {
                shown.append(c);
            }
        }
        return shown.append(length > SHOWN_BYTES ? "...'" : "'").toString();
    }
}
