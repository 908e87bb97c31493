package io.tautwire.system.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import org.junit.jupiter.api.function.Executable;

/** Asserts the code of a failure. */
public final class Codes {
    private Codes() {}

    /** The call fails with this code; the exception is returned. */
    public static TautwireException assertCode(Code code, Executable call) {
        final TautwireException thrown = assertThrows(TautwireException.class, call);
        assertEquals(code, thrown.code(), thrown.getMessage());
        return thrown;
    }
}
