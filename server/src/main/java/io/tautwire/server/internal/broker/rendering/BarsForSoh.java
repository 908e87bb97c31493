package io.tautwire.server.internal.broker.rendering;

/** The fields of FIX and NVFIX end with SOH (U+0001), which terminals do not show: a bar stands for it. */
final class BarsForSoh implements BodyRenderer {
    private static final byte SOH = 1;

    @Override
    public int render(byte[] body, int length, byte[] target, int at, int limit) {
        if (length > limit - at) {
            return AS_IS;
        }
        for (int i = 0; i < length; i++) {
            target[at + i] = body[i] == SOH ? (byte) '|' : body[i];
        }
        return length;
    }
}
