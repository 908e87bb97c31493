package io.tautwire.system.sim;

import io.tautwire.codec.sbe.Code;
import java.util.EnumSet;
import java.util.Set;

/** How sessions end in a world where things break. */
final class Endings {
    /** TIMED_OUT: the server had not heard anything for too long. */
    static final Set<Code> EXPECTED = EnumSet.of(
            Code.OK,
            Code.DISCONNECTED,
            Code.SESSION_REPLACED,
            Code.SERVER_CLOSING,
            Code.TIMED_OUT,
            Code.LOGON_TIMEOUT,
            Code.JOURNAL_FAILED);

    private Endings() {}
}
