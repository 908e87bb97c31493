package io.tautwire.cli.terminal;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * The process as a command sees it, so that a test can stand in for all of it. Output is UTF-8 whatever the locale: it
 * carries message bodies.
 *
 * @param in          where a command reads what it is given.
 * @param out         results; buffered, so whoever writes flushes when there is nothing more to write for now. A reader
 *                    that has gone shows in {@link PrintStream#checkError()} and nowhere else.
 * @param err         failures and progress.
 * @param interactive true when {@code err} is a terminal that progress can be drawn on.
 * @param environment the environment variables.
 * @param stop        the user's wish to end.
 * @param tty         the device to ask the user on, whatever the streams are connected to; null for none.
 */
public record Terminal(
        InputStream in,
        PrintStream out,
        PrintStream err,
        boolean interactive,
        Map<String, String> environment,
        Stop stop,
        Path tty) {

    /** Set to {@code true} by the launch script when standard error is a terminal, which a JVM cannot find out. */
    private static final String INTERACTIVE_PROPERTY = "tautwire.terminal";

    private static final int OUTPUT_BUFFER_BYTES = 64 * 1024;

    /**
     * The terminal of this process.
     *
     * @param stop the user's wish to end.
     */
    public static Terminal ofProcess(Stop stop) {
        return new Terminal(
                new FileInputStream(FileDescriptor.in),
                print(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), OUTPUT_BUFFER_BYTES), false),
                print(new FileOutputStream(FileDescriptor.err), true),
                Boolean.getBoolean(INTERACTIVE_PROPERTY),
                System.getenv(),
                stop,
                Path.of("/dev/tty"));
    }

    /** Writes one line of output and passes it on at once. */
    public void line(String text) {
        out.print(text + '\n');
        out.flush();
    }

    /** Writes one line for the user's eyes, whatever line breaks the text holds. */
    public void error(String text) {
        err.print(text.strip().replaceAll("\\s*\\R\\s*", " ") + '\n');
        err.flush();
    }

    private static PrintStream print(OutputStream stream, boolean autoFlush) {
        return new PrintStream(stream, autoFlush, StandardCharsets.UTF_8);
    }
}
