package io.tautwire.server.internal.broker.rendering;

/** Two digits in lower case for each byte. */
final class HexDigits implements BodyRenderer {
    private static final byte[] DIGITS = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };

    @Override
    public int render(byte[] body, int length, byte[] target, int at, int limit) {
        if (length > (limit - at) / 2) {
            return AS_IS;
        }
        for (int i = 0; i < length; i++) {
            target[at + 2 * i] = DIGITS[body[i] >> 4 & 0xF];
            target[at + 2 * i + 1] = DIGITS[body[i] & 0xF];
        }
        return 2 * length;
    }
}
