package io.tautwire.server.internal.users;

import com.ongres.scram.common.StringPreparation;

/** SASLprep (RFC 4013): makes the ways of writing one name or password into one. */
final class SaslPrep {
    private SaslPrep() {}

    /** The one way of writing it; null where SASLprep does not allow it, or nothing is left. */
    static char[] prepared(char[] given) {
        try {
            return StringPreparation.SASL_PREPARATION.normalize(given);
        } catch (RuntimeException e) { // of many kinds, one of them where nothing is left; may quote what was given
            return null;
        }
    }
}
