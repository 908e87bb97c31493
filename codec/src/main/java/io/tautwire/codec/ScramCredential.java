package io.tautwire.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * How a logon by SCRAM-SHA-256 (RFC 5802 and 7677) begins, and the bounds that both sides hold it to. Stateless; any
 * thread.
 */
public final class ScramCredential {
    /** The mechanism's registered name. */
    public static final String MECHANISM = "SCRAM-SHA-256";

    /** Fewest iterations, RFC 7677, section 4: with fewer a stolen exchange gives the password away too cheaply. */
    public static final int MIN_ITERATIONS = 4096;

    /** Most iterations, some seconds of one core: whoever chooses them decides how long the other side computes. */
    public static final int MAX_ITERATIONS = 10_000_000;

    /** Shortest salt, in bytes. */
    public static final int MIN_SALT_LENGTH = 8;

    /** Longest salt, in bytes. */
    public static final int MAX_SALT_LENGTH = 256;

    /** A password cannot hold a NUL, so none is mistaken for this. */
    private static final byte[] PREFIX = (MECHANISM + '\0').getBytes(US_ASCII);

    private ScramCredential() {}

    /** The first credential: the mechanism's name, NUL, the client-first-message. */
    public static byte[] first(String clientFirstMessage) {
        final byte[] message = clientFirstMessage.getBytes(UTF_8);
        final byte[] credential = Arrays.copyOf(PREFIX, PREFIX.length + message.length);
        System.arraycopy(message, 0, credential, PREFIX.length, message.length);
        return credential;
    }

    /** Whether a credential is a first one of this mechanism. */
    public static boolean isFirst(byte[] credential) {
        return credential.length >= PREFIX.length
                && Arrays.equals(credential, 0, PREFIX.length, PREFIX, 0, PREFIX.length);
    }

    /** The client-first-message of a first credential. */
    public static String clientFirstMessage(byte[] first) {
        return new String(first, PREFIX.length, first.length - PREFIX.length, UTF_8);
    }
}
