package io.tautwire.cli;

/** The command did its work, and the outcome is not what was asked for; the message says how. */
final class FailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FailedException(String message) {
        super(message);
    }
}
