package io.tautwire.server.internal;

import io.tautwire.server.LogonAttempt;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/** Keeps what a client sent in confidence out of the exceptions that plug-ins throw, for those are logged. */
final class Secrets {
    private Secrets() {}

    /**
     * The exception of a plug-in as it may be logged: itself, or where its text holds the credential, or a user that
     * may be a token, one with the same stack trace that names its class only.
     */
    static Throwable withhold(Throwable fault, LogonAttempt attempt) {
        final byte[] credential = attempt.credential();
        final String secret = credential.length == 0 ? attempt.user() : new String(credential, StandardCharsets.UTF_8);
        if (secret.isEmpty() || !text(fault).contains(secret)) {
            return fault;
        }
        final RuntimeException shown = new IllegalStateException(
                fault.getClass().getName() + ", its message is withheld because it holds what the client sent");
        shown.setStackTrace(fault.getStackTrace());
        return shown;
    }

    private static String text(Throwable fault) {
        final StringWriter text = new StringWriter();
        fault.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
