package io.tautwire.server.internal.broker.rendering;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Renders texts whose characters are bytes. */
final class Rendered {
    /** What {@link #by} returns where the body is delivered as it is. */
    static final String AS_IS = null;

    private static final int AT = 3;

    private Rendered() {}

    static String by(BodyRenderer renderer, String body) {
        return by(renderer, body, 1 << 16);
    }

    /** As {@link #by}, into so many bytes; fails when a byte outside them is written. */
    static String by(BodyRenderer renderer, String body, int room) {
        final byte[] target = new byte[AT + room + 5];
        final byte[] source = (body + "]}0").getBytes(ISO_8859_1); // what lies behind the body is no part of it
        final int length = renderer.render(source, body.length(), target, AT, AT + room);
        for (int i = 0; i < target.length; i++) {
            if ((i < AT || i >= AT + room) && target[i] != 0) {
                throw new AssertionError("wrote outside its room: at=" + i);
            }
        }
        return length < 0 ? AS_IS : new String(target, AT, length, ISO_8859_1);
    }
}
