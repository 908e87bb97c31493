package io.tautwire.client.internal.scram;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.ongres.scram.client.ScramClient;
import com.ongres.scram.common.ServerFirstMessage;
import com.ongres.scram.common.StringPreparation;
import com.ongres.scram.common.exception.ScramException;
import com.ongres.scram.common.exception.ScramInvalidServerSignatureException;
import io.tautwire.TautwireException;
import io.tautwire.codec.ScramCredential;
import io.tautwire.codec.sbe.Code;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * One logon by SCRAM-SHA-256, without channel binding: the first credential, the answer to the server's challenge, and
 * an empty one to its proof. One thread at a time; its state may be asked for by any.
 */
public final class ScramConversation {
    private static final byte[] NOTHING = {};

    private final String user;
    private final ScramClient client;
    private volatile boolean isChallenged;
    private volatile boolean isServerVerified;

    /**
     * Begins.
     *
     * @param user     not empty.
     * @param password not empty.
     * @param nonce    printable ASCII without a comma, never used before.
     * @throws TautwireException AUTHENTICATION_FAILED, if the password is none by RFC 4013.
     */
    public ScramConversation(String user, String password, String nonce) {
        this.user = user;
        final char[] characters = password.toCharArray();
        checkPrepares(characters);
        client = ScramClient.builder()
                .advertisedMechanisms(List.of(ScramCredential.MECHANISM))
                .username(user)
                .password(characters)
                .nonceSupplier(() -> nonce)
                .build();
        Arrays.fill(characters, '\0');
    }

    /** The first credential. Once. */
    public byte[] first() {
        return ScramCredential.first(client.clientFirstMessage().toString());
    }

    /**
     * The answer to a challenge; to the first one it takes as many iterations as the server asks for.
     *
     * @throws TautwireException AUTHENTICATION_FAILED, if the challenge is not in order, or the proof is false.
     */
    public byte[] answer(byte[] challenge) {
        if (isServerVerified) {
            throw failure("goes on after its proof; look at the server", null);
        }
        final String message = new String(challenge, UTF_8);
        try {
            if (isChallenged) {
                verify(message);
                return NOTHING;
            }
            isChallenged = true;
            check(client.serverFirstMessage(message));
            return client.clientFinalMessage().toString().getBytes(UTF_8);
        } catch (TautwireException e) {
            throw e;
        } catch (ScramException | RuntimeException | AssertionError e) { // the library asserts some of it
            throw failure(
                    "asks for something else than " + ScramCredential.MECHANISM
                            + "; connect by tcps or unix, or log on as its operator says",
                    e);
        }
    }

    /** Whether the server has sent a challenge. */
    public boolean isChallenged() {
        return isChallenged;
    }

    /** Whether the server has proven that it knows the password, or what was made of it. */
    public boolean isServerVerified() {
        return isServerVerified;
    }

    private void verify(String message) throws ScramException {
        try {
            client.serverFinalMessage(message);
        } catch (ScramInvalidServerSignatureException e) {
            throw failure("does not know this user's password: it is not the one it seems to be; do not trust it", e);
        }
        isServerVerified = true;
    }

    /** Whoever answers as the server chooses these: they decide how long we compute, and how hard guessing is. */
    private void check(ServerFirstMessage first) {
        final int iterations = first.getIterationCount();
        if (iterations < ScramCredential.MIN_ITERATIONS || iterations > ScramCredential.MAX_ITERATIONS) {
            throw failure(
                    "asks for iterations=" + iterations + ", accepted are " + ScramCredential.MIN_ITERATIONS + " to "
                            + ScramCredential.MAX_ITERATIONS + "; have the user's line made anew",
                    null);
        }
        final int saltLength = Base64.getDecoder().decode(first.getSalt()).length;
        if (saltLength < ScramCredential.MIN_SALT_LENGTH || saltLength > ScramCredential.MAX_SALT_LENGTH) {
            throw failure(
                    "sent a salt of bytes=" + saltLength + ", accepted are " + ScramCredential.MIN_SALT_LENGTH + " to "
                            + ScramCredential.MAX_SALT_LENGTH + "; have the user's line made anew",
                    null);
        }
    }

    /** The library does the same later, when the first credential is out, and in words that show what is wrong. */
    private void checkPrepares(char[] password) {
        try {
            Arrays.fill(StringPreparation.SASL_PREPARATION.normalize(password.clone()), '\0');
        } catch (RuntimeException e) {
            // Not kept as the cause: it names a character of the password.
            throw new TautwireException(
                    Code.AUTHENTICATION_FAILED,
                    "user='" + user
                            + "': the password holds what RFC 4013 forbids in one, such as a control character or"
                            + " one that Unicode 3.2 lacks; choose another");
        }
    }

    private TautwireException failure(String what, Throwable cause) {
        return new TautwireException(Code.AUTHENTICATION_FAILED, "user='" + user + "': the server " + what, cause);
    }
}
