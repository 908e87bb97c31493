package io.tautwire.server.internal.broker.rendering;

import java.util.Arrays;

/**
 * JSON (RFC 8259) over lines, two blanks a level. It moves the blanks between tokens and nothing else: numbers, strings
 * and names keep their bytes, so that what a reader sees is what was published. Therefore it is no parser with values,
 * but it holds the text to the whole grammar: half an indented text would mislead.
 *
 * <p>The work is bounded by what goes in and what may come out: indentation, which grows with the square of the depth,
 * ends where the limit does.
 */
final class JsonIndenter implements BodyRenderer {
    /** Deeper texts are not for reading. */
    static final int MAX_DEPTH = 500;

    private static final int BLANKS = 2;
    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    /** What may come next. */
    private enum Expected {
        VALUE,
        FIRST_ELEMENT,
        ELEMENT,
        FIRST_NAME,
        NAME,
        COLON,
        COMMA_OR_END,
        NOTHING
    }

    /** For each level that is open, whether it is an object. */
    private final boolean[] isObject = new boolean[MAX_DEPTH];

    private byte[] in;
    private int next;
    private int end;
    private byte[] out;
    private int at;
    private int limit;
    private int depth;
    private Expected expected;

    @Override
    public int render(byte[] body, int length, byte[] target, int from, int to) {
        in = body;
        next = 0;
        end = length;
        out = target;
        at = from;
        limit = to;
        depth = 0;
        expected = Expected.VALUE;
        boolean isSound = true;
        while (isSound && skipBlanks()) {
            isSound = token(in[next]);
        }
        return isSound && expected == Expected.NOTHING ? at - from : ~(at - from);
    }

    private boolean skipBlanks() {
        while (next < end && (in[next] == ' ' || in[next] == '\n' || in[next] == '\r' || in[next] == '\t')) {
            next++;
        }
        return next < end;
    }

    // Each of these says whether what it found belongs there and fits.

    private boolean token(byte first) {
        return switch (expected) {
            case VALUE -> value(first);
            case FIRST_ELEMENT -> first == ']' ? close(false) : newLine() && value(first);
            case ELEMENT -> newLine() && value(first);
            case FIRST_NAME -> first == '}' ? close(false) : newLine() && name(first);
            case NAME -> newLine() && name(first);
            case COLON -> colon(first);
            case COMMA_OR_END -> commaOrEnd(first);
            case NOTHING -> false;
        };
    }

    private boolean value(byte first) {
        return switch (first) {
            case '{' -> open(true);
            case '[' -> open(false);
            case '"' -> endValue(string());
            case 't' -> endValue(literal(TRUE));
            case 'f' -> endValue(literal(FALSE));
            case 'n' -> endValue(literal(NULL));
            default -> endValue(number());
        };
    }

    private boolean open(boolean object) {
        if (depth == MAX_DEPTH) {
            return false;
        }
        isObject[depth++] = object;
        expected = object ? Expected.FIRST_NAME : Expected.FIRST_ELEMENT;
        return copyTo(next + 1);
    }

    private boolean close(boolean onNewLine) {
        depth--;
        return (!onNewLine || newLine()) && endValue(copyTo(next + 1));
    }

    private boolean endValue(boolean isSound) {
        expected = depth == 0 ? Expected.NOTHING : Expected.COMMA_OR_END;
        return isSound;
    }

    private boolean name(byte first) {
        expected = Expected.COLON;
        return first == '"' && string();
    }

    private boolean colon(byte first) {
        expected = Expected.VALUE;
        return first == ':' && copyTo(next + 1) && blanks(1);
    }

    private boolean commaOrEnd(byte first) {
        final boolean inObject = isObject[depth - 1];
        if (first == ',') {
            expected = inObject ? Expected.NAME : Expected.ELEMENT;
            return copyTo(next + 1);
        }
        return first == (inObject ? '}' : ']') && close(true);
    }

    private boolean string() {
        int i = next + 1;
        while (i < end && in[i] != '"') {
            if (in[i] >= 0 && in[i] < ' ') {
                return false; // a control character; what is negative here is a byte of a longer character
            }
            i += in[i] == '\\' ? escapeLength(i) : 1;
        }
        return i < end && copyTo(i + 1);
    }

    /** Bytes of the escape that begins there; so many that nothing is left when it is none. */
    private int escapeLength(int backslash) {
        if (backslash + 1 < end) {
            switch (in[backslash + 1]) {
                case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
                    return 2;
                case 'u':
                    return afterHexDigits(backslash + 2) - backslash;
                default:
                    break;
            }
        }
        return end - backslash;
    }

    private int afterHexDigits(int from) {
        for (int i = from; i < from + 4; i++) {
            if (i >= end || Character.digit(in[i], 16) < 0) {
                return end;
            }
        }
        return from + 4;
    }

    private boolean literal(byte[] word) {
        final int after = next + word.length;
        return after <= end && Arrays.equals(in, next, after, word, 0, word.length) && copyTo(after);
    }

    private boolean number() {
        final int digits = in[next] == '-' ? next + 1 : next;
        int i = digits < end && in[digits] == '0' ? digits + 1 : afterDigits(digits);
        boolean isSound = i > digits;
        if (isSound && i < end && in[i] == '.') {
            final int fraction = i + 1;
            i = afterDigits(fraction);
            isSound = i > fraction;
        }
        if (isSound && i < end && (in[i] == 'e' || in[i] == 'E')) {
            final boolean isSigned = i + 1 < end && (in[i + 1] == '+' || in[i + 1] == '-');
            final int exponent = isSigned ? i + 2 : i + 1;
            i = afterDigits(exponent);
            isSound = i > exponent;
        }
        return isSound && copyTo(i);
    }

    private int afterDigits(int from) {
        int i = from;
        while (i < end && in[i] >= '0' && in[i] <= '9') {
            i++;
        }
        return i;
    }

    /** Copies a token, and goes on behind it. */
    private boolean copyTo(int tokenEnd) {
        final int length = tokenEnd - next;
        if (length > limit - at) {
            return false;
        }
        System.arraycopy(in, next, out, at, length);
        at += length;
        next = tokenEnd;
        return true;
    }

    private boolean newLine() {
        if (at == limit) {
            return false;
        }
        out[at++] = '\n';
        return blanks(BLANKS * depth);
    }

    private boolean blanks(int count) {
        if (count > limit - at) {
            return false;
        }
        Arrays.fill(out, at, at + count, (byte) ' ');
        at += count;
        return true;
    }
}
