package io.tautwire.server.internal.users;

import io.tautwire.server.internal.broker.logon.LogonRules;

/** Which users there can be. */
final class UserNames {
    /** What a name must be, for messages. */
    static final String RULE =
            "give 1 to 255 bytes of UTF-8 without ':' and control characters, not beginning with '#',"
                    + " and nothing that SASLprep (RFC 4013) does not allow";

    private UserNames() {}

    /** The one way of writing a user's name; null where it can be none. */
    static String prepared(String user) {
        final char[] prepared = SaslPrep.prepared(user.toCharArray());
        final String name = prepared == null ? "" : new String(prepared);
        return LogonRules.isUser(name) && name.indexOf(':') < 0 && name.charAt(0) != '#' ? name : null;
    }
}
