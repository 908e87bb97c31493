package io.tautwire.client.internal.core;

import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.codec.sbe.Code;

/** Numbers of a newer server that this version has no name for, read as the protocol says. */
final class NewerNumbers {
    private NewerNumbers() {}

    /** The reason of a refusal or an end; shows the number where the code has no name. */
    static String reason(Code code, int number, String reason) {
        return code == Code.SBE_UNKNOWN || code == Code.NULL_VAL ? "code=" + number + ' ' + reason : reason;
    }

    /** What is promised at least. */
    static AckLevel level(AckLevel level) {
        return level == AckLevel.SBE_UNKNOWN || level == AckLevel.NULL_VAL ? AckLevel.RECEIVED : level;
    }
}
