package io.tautwire.transport.wire;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import org.agrona.DirectBuffer;

/**
 * Recognises TLS where plain frames are expected: one side's connection string says {@code tcps}, the other's
 * {@code tcp}.
 *
 * <p>No frame before a logon begins so. The header of a TLS record (RFC 8446, section 5.1) is a type (21 alert, 22
 * handshake), the byte 3 and a byte from 1 to 4; read as the length of a frame that is more than 64 KiB.
 */
public final class TlsBytes {
    private static final int ALERT = 21;
    private static final int HANDSHAKE = 22;
    private static final int MAJOR_VERSION = 3;
    private static final int MAX_MINOR_VERSION = 4;
    private static final int HEADER = 3;

    private TlsBytes() {}

    /**
     * A clearer word for what a reader of frames says, where the bytes it could not read are TLS.
     *
     * @param fault  what the reader said.
     * @param remedy what to write instead.
     * @param buffer holds the bytes that it was given.
     * @return with code TLS_FAILED, or the fault itself where the bytes are something else.
     */
    public static TautwireException explain(
            TautwireException fault, String remedy, DirectBuffer buffer, int offset, int length) {
        return isTls(buffer, offset, length) ? new TautwireException(Code.TLS_FAILED, remedy, fault) : fault;
    }

    private static boolean isTls(DirectBuffer buffer, int offset, int length) {
        if (length < HEADER) {
            return false;
        }
        final byte type = buffer.getByte(offset);
        final byte minor = buffer.getByte(offset + 2);
        return (type == ALERT || type == HANDSHAKE)
                && buffer.getByte(offset + 1) == MAJOR_VERSION
                && minor >= 1
                && minor <= MAX_MINOR_VERSION;
    }
}
