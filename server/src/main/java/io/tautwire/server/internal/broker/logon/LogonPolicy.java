package io.tautwire.server.internal.broker.logon;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;

/**
 * Who is admitted unasked, and whom the authenticator judges.
 *
 * @param authenticates  whether there is an authenticator; if not, users are taken at their word where that is allowed.
 * @param allowAnonymous whether unverified users are taken on listeners that are not local, too, and anonymous ones
 *     where there is an authenticator.
 * @param plainPasswords whether a password or token is taken as it is where others can read along.
 */
public record LogonPolicy(boolean authenticates, boolean allowAnonymous, boolean plainPasswords) {
    /** Nobody is verified, and only local users are taken. */
    public static final LogonPolicy OPEN = new LogonPolicy(false, false, false);

    /** Everybody is verified. */
    public static final LogonPolicy VERIFYING = new LogonPolicy(true, false, false);

    /** Whether a password or token may stand in a credential as it is. */
    public boolean isPlainAccepted(ListenerTerms terms) {
        return plainPasswords || terms.isConfidential();
    }

    /**
     * Settles the first Logon of a connection, if that can be done without the authenticator.
     *
     * @return the user, empty for an anonymous one; null when the authenticator is to judge.
     * @throws TautwireException AUTHENTICATION_FAILED.
     */
    String settle(LogonRequest request, ListenerTerms terms) {
        final String certified = request.certificateUser();
        final boolean isCertified = LogonRules.isUser(certified); // or it could not be a user of a session either
        final boolean isAsCertified =
                isCertified && (request.user().isEmpty() || request.user().equals(certified));
        if (isAsCertified && (!authenticates || request.hasNoCredential())) {
            return certified;
        }
        if (authenticates) {
            return allowAnonymous && request.user().isEmpty() && request.hasNoCredential() ? "" : null;
        }
        if (isCertified) {
            throw refused("the user of the logon is another than certificate=" + certified
                    + " names; leave the user out, or write the certificate's");
        }
        if (!allowAnonymous && !terms.isLocal()) {
            throw refused("this server verifies no users, and this listener can be reached from other machines;"
                    + " have the server verify users or certificates, or have it allow anonymous logon");
        }
        return request.user();
    }

    private static TautwireException refused(String why) {
        return new TautwireException(Code.AUTHENTICATION_FAILED, why);
    }
}
