package io.tautwire;

import io.tautwire.codec.sbe.Code;
import java.util.Objects;

/**
 * Base of every exception that Tautwire throws. The {@link #code()} is stable and the same on the wire, here and at
 * the command line; the message names the values at fault and the remedy.
 */
public class TautwireException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The stable reason. */
    private final Code code;

    /** The message without the code. */
    private final String detail;

    /**
     * An exception without a cause.
     *
     * @param code    stable reason.
     * @param message what is wrong, with {@code name=value}, and what to do about it.
     */
    public TautwireException(Code code, String message) {
        this(code, message, null);
    }

    /**
     * An exception that keeps what caused it.
     *
     * @param code    stable reason.
     * @param message what is wrong, with {@code name=value}, and what to do about it.
     * @param cause   the exception underneath; may be null.
     */
    public TautwireException(Code code, String message, Throwable cause) {
        super(code.name() + ": " + message, cause);
        this.code = Objects.requireNonNull(code, "code");
        this.detail = message;
    }

    /** The stable reason. */
    public final Code code() {
        return code;
    }

    /** What is wrong and what to do about it, without the code that {@link #getMessage()} begins with. */
    public final String detail() {
        return detail;
    }
}
