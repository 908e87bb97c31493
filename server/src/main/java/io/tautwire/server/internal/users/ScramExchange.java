package io.tautwire.server.internal.users;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.tautwire.server.LogonAttempt;
import io.tautwire.server.Verdict;
import java.util.Base64;

/**
 * One conversation by SCRAM-SHA-256, from the server's first message on. The server's final message is a challenge,
 * too, which the client answers with nothing once it has verified it: so that a client which finds a wrong server ends
 * the logon before it is logged on.
 */
final class ScramExchange {
    private final ScramMath math;
    private final Account account;
    private final ClientFirst first;
    private final String nonce;
    private final String serverFirst;

    /**
     * A conversation that has begun.
     *
     * @param serverNonce random, printable.
     */
    ScramExchange(ScramMath math, Account account, ClientFirst first, String serverNonce) {
        this.math = math;
        this.account = account;
        this.first = first;
        this.nonce = first.nonce() + serverNonce;
        this.serverFirst = "r=" + nonce + ",s="
                + Base64.getEncoder().encodeToString(account.verifier().salt()) + ",i="
                + account.verifier().iterations();
    }

    /** Asks for a proof. */
    void begin(Verdict verdict) {
        verdict.challenge(serverFirst.getBytes(US_ASCII), this::judgeProof);
    }

    private void judgeProof(LogonAttempt attempt, Verdict verdict) {
        final ClientFinal last = ClientFinal.parse(new String(attempt.credential(), UTF_8), first.gs2Header(), nonce);
        if (last == null) {
            verdict.refuse(Refusals.REFUSED);
            return;
        }
        final String signed = first.bare() + ',' + serverFirst + ',' + last.withoutProof();
        final boolean isProved = account.verifier().isProved(math, signed, last.proof());
        if (isProved && account.exists()) {
            final byte[] signature = account.verifier().serverSignature(math, signed);
            final String serverFinal = "v=" + Base64.getEncoder().encodeToString(signature);
            verdict.challenge(serverFinal.getBytes(US_ASCII), this::conclude);
        } else {
            verdict.refuse(Refusals.REFUSED);
        }
    }

    private void conclude(LogonAttempt attempt, Verdict verdict) {
        if (attempt.credential().length == 0) {
            verdict.accept(account.user());
        } else {
            verdict.refuse(Refusals.REFUSED);
        }
    }
}
