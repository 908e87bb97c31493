package io.tautwire.cli;

import io.tautwire.cli.terminal.Terminal;
import io.tautwire.cli.terminal.Tty;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Gets a password from the user. What held it on the way is overwritten; the caller overwrites the result. */
final class PasswordReader {
    /** Any password has fewer: 1024 characters of UTF-8, and some for what turns out not to be one. */
    private static final int MAX_BYTES = 8 * 1024;

    private final Terminal terminal;

    PasswordReader(Terminal terminal) {
        this.terminal = terminal;
    }

    /** All of standard input, but for one line end behind it. */
    char[] fromInput() throws IOException {
        final byte[] bytes = new byte[MAX_BYTES + 1];
        try {
            int length = terminal.in().readNBytes(bytes, 0, bytes.length);
            if (length > 0 && length <= MAX_BYTES && bytes[length - 1] == '\n') {
                length--;
                if (length > 0 && bytes[length - 1] == '\r') {
                    length--;
                }
            }
            return decoded(bytes, length, "standard input");
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** What the user types without seeing it, the same twice. */
    char[] askedTwice(String user) {
        final char[] first = asked("Password for " + user + ": ");
        final char[] second = asked("The same again: ");
        try {
            if (!Arrays.equals(first, second)) {
                Arrays.fill(first, '\0');
                throw new FailedException("the two passwords differ; nothing was made");
            }
            return first;
        } finally {
            Arrays.fill(second, '\0');
        }
    }

    private char[] asked(String question) {
        final byte[] bytes = new byte[MAX_BYTES];
        try {
            final int length = ask(question, bytes);
            if (length < 0) {
                throw new FailedException("no password was given; nothing was made");
            }
            return decoded(bytes, length, "the answer");
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private int ask(String question, byte[] answer) {
        try {
            if (terminal.tty() != null) {
                return new Tty(terminal.tty(), terminal.stop()).askUnseen(question, answer);
            }
        } catch (IOException e) {
            // As if there were none: there is nobody to ask, or no way to do it unseen.
        }
        throw new UsageException("there is no terminal to ask for the password on; give --password-stdin");
    }

    private static char[] decoded(byte[] bytes, int length, String source) {
        if (length == 0) {
            throw new UsageException(source + " has no password in it; give one");
        }
        if (length > MAX_BYTES) {
            throw new UsageException(source + " is longer than a password may be; give the password alone");
        }
        try {
            final CharBuffer buffer = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
            final char[] password = new char[buffer.remaining()];
            buffer.get(password);
            Arrays.fill(buffer.array(), '\0');
            return password;
        } catch (CharacterCodingException e) {
            throw new UsageException(source + " is not UTF-8; write the password so");
        }
    }
}
