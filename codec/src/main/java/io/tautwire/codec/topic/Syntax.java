package io.tautwire.codec.topic;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/** What topics and patterns have in common: one scan finds the first fault, and its byte alone tells the reason. */
final class Syntax {
    static final byte SEPARATOR = '/';
    static final byte ONE_LEVEL = '+';
    static final byte REST = '#';

    private static final int SHOWN_BYTES = 64;

    private Syntax() {}

    /** Position of the first fault, counted from {@code offset}, or -1. */
    static int fault(DirectBuffer buffer, int offset, int length, boolean isPattern) {
        if (length <= 0) {
            return 0;
        }
        final int end = offset + length;
        final int scanEnd = offset + Math.min(length, Topics.MAX_LENGTH);
        int levelStart = offset;
        int index = offset;
        while (index < scanEnd) {
            final byte b = buffer.getByte(index);
            if (b == SEPARATOR) {
                if (index == levelStart || index == end - 1) {
                    return index - offset;
                }
                levelStart = index + 1;
            } else if (b == ONE_LEVEL || b == REST) {
                if (!isPattern || !isWildcardPlaced(buffer, index, levelStart, end)) {
                    return index - offset;
                }
            } else if (isControl(b)) {
                return index - offset;
            }
            final int taken = Utf8.sequenceLength(buffer, index, end);
            if (taken == 0) {
                return index - offset;
            }
            index += taken;
        }
        return length > Topics.MAX_LENGTH ? Topics.MAX_LENGTH : -1;
    }

    /** A wildcard fills its level, and the one for the rest stands last. */
    private static boolean isWildcardPlaced(DirectBuffer buffer, int index, int levelStart, int end) {
        if (index != levelStart) {
            return false;
        }
        return index + 1 == end || buffer.getByte(index) == ONE_LEVEL && buffer.getByte(index + 1) == SEPARATOR;
    }

    private static boolean isControl(byte b) {
        return b >= 0 && b < 0x20 || b == 0x7F;
    }

    static TautwireException refusal(
            Code code, String what, DirectBuffer buffer, int offset, int length, int position) {
        return new TautwireException(
                code,
                what + "=" + shown(buffer, offset, length) + " position=" + position + " length=" + Math.max(length, 0)
                        + ": " + reason(buffer, offset, length, position));
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
