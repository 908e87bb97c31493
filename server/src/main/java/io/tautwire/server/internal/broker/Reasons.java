package io.tautwire.server.internal.broker;

import io.tautwire.TautwireException;

/** The text of an exception as it goes into a frame beside its code. */
final class Reasons {
    private Reasons() {}

    /** The message without the code that it begins with. */
    static String of(TautwireException exception) {
        final String message = exception.getMessage();
        final String prefix = exception.code().name() + ": ";
        return message.startsWith(prefix) ? message.substring(prefix.length()) : message;
    }
}
