package io.tautwire.cli;

/** The words of the command line make no sense; the message says which, and what to write. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
