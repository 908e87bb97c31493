package io.tautwire.codec;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;

/**
 * Bytes from outside are not what the protocol allows. What follows them cannot be trusted, so the session that they
 * came by ends.
 */
public class ProtocolException extends TautwireException {
    private static final long serialVersionUID = 1L;

    /**
     * An exception for bytes at fault.
     *
     * @param code    {@link Code#PROTOCOL_ERROR} or a nearer one.
     * @param message what is wrong, with {@code name=value}.
     */
    public ProtocolException(Code code, String message) {
        super(code, message);
    }
}
