package io.tautwire.codec.topic;

import org.agrona.DirectBuffer;

/**
 * The rules of a client name: 1 to {@value Topics#MAX_LENGTH} bytes of UTF-8 without control characters (U+0000 to
 * U+001F, U+007F).
 *
 * <p>Stateless; any thread.
 */
public final class ClientNames {
    private ClientNames() {}

    /** As {@link Topics#fault}, by the rules of a client name. */
    public static int fault(DirectBuffer buffer, int offset, int length) {
        return Syntax.fault(buffer, offset, length, Syntax.Rules.CLIENT_NAME);
    }

    /**
     * Refuses what is not a client name.
     *
     * @throws io.tautwire.TautwireException with {@code NAME_INVALID}, naming the byte position of the fault.
     */
    public static void check(DirectBuffer buffer, int offset, int length) {
        Syntax.check(buffer, offset, length, Syntax.Rules.CLIENT_NAME);
    }

    /**
     * The name's bytes in UTF-8, checked.
     *
     * @throws io.tautwire.TautwireException with {@code NAME_INVALID}, naming the byte position of the fault in UTF-8;
     *     a lone surrogate is a fault.
     */
    public static byte[] encode(CharSequence name) {
        return Syntax.encode(name, Syntax.Rules.CLIENT_NAME);
    }
}
