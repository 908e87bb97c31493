package io.tautwire.server.internal.users;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/**
 * A client-final-message (RFC 5802, section 7), kept as it was written.
 *
 * @param withoutProof what both sides sign of it.
 * @param proof        of {@link ScramMath#KEY_LENGTH} bytes.
 */
record ClientFinal(String withoutProof, byte[] proof) {
    /**
     * Reads a message; null where it is malformed, or is not of this conversation.
     *
     * @param gs2Header of the client's first message.
     * @param nonce     the client's and the server's.
     */
    static ClientFinal parse(String message, String gs2Header, String nonce) {
        final int proofAt = message.lastIndexOf(",p=");
        if (proofAt < 0) {
            return null;
        }
        final String withoutProof = message.substring(0, proofAt);
        final String[] attributes = withoutProof.split(",", -1); // optional extensions may follow the first two
        final String binding = "c=" + Base64.getEncoder().encodeToString(gs2Header.getBytes(UTF_8));
        if (attributes.length < 2 || !attributes[0].equals(binding) || !attributes[1].equals("r=" + nonce)) {
            return null;
        }
        final byte[] proof = decoded(message.substring(proofAt + ",p=".length()));
        return proof == null || proof.length != ScramMath.KEY_LENGTH ? null : new ClientFinal(withoutProof, proof);
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
