package io.tautwire.server.internal.users;

/**
 * A client-first-message (RFC 5802, section 7), kept as it was written, for what both sides sign is these very
 * characters. The library's own parser is not used: it escapes a name that is escaped already once more.
 *
 * @param gs2Header {@code n,,} or {@code y,,}: no channel binding, no other identity to act as.
 * @param bare      what follows it.
 * @param user      the name, its escapes undone.
 * @param nonce     the client's.
 */
record ClientFirst(String gs2Header, String bare, String user, String nonce) {
    private static final int GS2_HEADER_LENGTH = 3;
    private static final int MAX_NONCE_LENGTH = 512;

    /** Reads a message; null where it is malformed or asks for what is not done here. */
    static ClientFirst parse(String message) {
        if (!message.startsWith("n,,") && !message.startsWith("y,,")) {
            return null;
        }
        final String bare = message.substring(GS2_HEADER_LENGTH);
        final String[] attributes = bare.split(",", -1); // optional extensions may follow the first two
        if (attributes.length < 2 || !attributes[0].startsWith("n=") || !attributes[1].startsWith("r=")) {
            return null;
        }
        final String user = unescaped(attributes[0].substring(2));
        final String nonce = attributes[1].substring(2);
        return user == null || !isNonce(nonce)
                ? null
                : new ClientFirst(message.substring(0, GS2_HEADER_LENGTH), bare, user, nonce);
    }

    private static boolean isNonce(String nonce) {
        return !nonce.isEmpty()
                && nonce.length() <= MAX_NONCE_LENGTH
                && nonce.chars().allMatch(c -> '!' <= c && c <= '~');
    }

    private static String unescaped(String saslName) {
        final String rest = saslName.replace("=2C", "").replace("=3D", "");
        final boolean isValid = !saslName.isEmpty() && rest.indexOf('=') < 0;
        return isValid ? saslName.replace("=2C", ",").replace("=3D", "=") : null;
    }
}
