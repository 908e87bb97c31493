package io.tautwire.transport.connection;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import java.util.List;

/**
 * A connection string is wrong, or asks for what this version cannot do. The message is one line: the string with its
 * secrets masked, then every fault with what is accepted instead. The code is {@link Code#CONFIGURATION_INVALID}.
 */
public final class ConnectionStringException extends TautwireException {
    private static final long serialVersionUID = 1L;

    /** Every fault; an immutable list. */
    private final transient List<String> faults;

    ConnectionStringException(String masked, List<String> faults) {
        super(Code.CONFIGURATION_INVALID, "uri=" + masked + ": " + String.join("; ", faults));
        this.faults = List.copyOf(faults);
    }

    /** Every fault of the string, in the order of the string; none holds a secret. Empty after deserialization. */
    public List<String> faults() {
        return faults == null ? List.of() : faults;
    }
}
