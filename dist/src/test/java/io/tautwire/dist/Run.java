package io.tautwire.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A process under way, with what it prints in files: nobody has to read while it writes. */
final class Run implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;
    private static final long MOMENT_NS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Process process;
    private final Path out;
    private final Path err;

    private Run(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /**
     * Starts one.
     *
     * @param builder what to run.
     * @param input   what it reads.
     */
    static Run start(ProcessBuilder builder, String input) throws IOException {
        final Path out = Files.createTempFile("tautwire-run", ".out");
        final Path err = Files.createTempFile("tautwire-run", ".err");
        final Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        try (var in = process.outputWriter()) {
            in.write(input);
        }
        return new Run(process, out, err);
    }

    /** Waits for its end. */
    Run await() throws InterruptedException {
        assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), () -> "does not end: " + out() + err());
        return this;
    }

    /** Waits for its end, which must be a good one without a word on standard error. */
    Run awaitSuccess() throws InterruptedException {
        await();
        assertEquals("", err(), () -> "exit=" + exitCode() + " out=" + out());
        assertEquals(0, exitCode(), () -> "out=" + out());
        return this;
    }

    /** Waits until it has printed a whole line, on either stream, and gives the first one. */
    String awaitLine(Path stream) {
        final long startNs = System.nanoTime();
        while (true) {
            final String text = read(stream);
            if (text.contains("\n")) {
                return text.substring(0, text.indexOf('\n'));
            }
            assertTrue(process.isAlive() && secondsSince(startNs) < PATIENCE_SECONDS, () -> out() + err());
            LockSupport.parkNanos(MOMENT_NS);
        }
    }

    String awaitOut() {
        return awaitLine(out);
    }

    String awaitErr() {
        return awaitLine(err);
    }

    /** Asks it to end, as {@code kill} does. */
    void terminate() {
        process.destroy();
    }

    int exitCode() {
        return process.exitValue();
    }

    String out() {
        return read(out);
    }

    String err() {
        return read(err);
    }

    List<String> errLines() {
        return err().lines().toList();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(out);
        Files.deleteIfExists(err);
    }

    private static long secondsSince(long startNs) {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNs);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
