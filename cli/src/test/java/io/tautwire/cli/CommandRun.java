package io.tautwire.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tautwire.cli.terminal.Stop;
import io.tautwire.cli.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A command line under way in this process, on a thread of its own and with a terminal made of bytes. */
final class CommandRun implements AutoCloseable {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Stop stop = new Stop();
    private final CompletableFuture<Integer> exitCode;

    private CommandRun(InputStream in, Map<String, String> environment, boolean interactive, String... args) {
        final Terminal terminal = new Terminal(
                in,
                new PrintStream(out, false, UTF_8),
                new PrintStream(err, true, UTF_8),
                interactive,
                environment,
                stop,
                null);
        exitCode = CompletableFuture.supplyAsync(() -> Main.run(terminal, args), work -> {
            final Thread thread = new Thread(work, "command-" + args[0]);
            thread.setDaemon(true);
            thread.start();
        });
    }

    /** Begins a command that goes on for a while. */
    static CommandRun start(String... args) {
        return start(InputStream.nullInputStream(), args);
    }

    /** Begins a command with this standard input. */
    static CommandRun start(InputStream in, String... args) {
        return new CommandRun(in, Map.of(), false, args);
    }

    /** Runs a command to its end. */
    static CommandRun run(String... args) {
        return start(args).awaitEnd();
    }

    /** Runs a command to its end with this standard input. */
    static CommandRun runWithInput(String input, String... args) {
        return start(new ByteArrayInputStream(input.getBytes(UTF_8)), args).awaitEnd();
    }

    /** Runs a command to its end with {@code TAUTWIRE_URI} set. */
    static CommandRun runWithUri(String uri, String input, String... args) {
        final InputStream in = new ByteArrayInputStream(input.getBytes(UTF_8));
        return new CommandRun(in, Map.of(Words.VARIABLE, uri), false, args).awaitEnd();
    }

    /** Runs a command to its end with a terminal for standard error. */
    static CommandRun runInteractive(String... args) {
        return new CommandRun(InputStream.nullInputStream(), Map.of(), true, args).awaitEnd();
    }

    /** The user presses Ctrl-C. */
    CommandRun interrupt() {
        stop.request();
        return this;
    }

    CommandRun awaitEnd() {
        await(exitCode::isDone);
        return this;
    }

    CommandRun awaitOut(String text) {
        await(() -> out().contains(text));
        return this;
    }

    CommandRun awaitErr(String text) {
        await(() -> err().contains(text));
        return this;
    }

    private void await(BooleanSupplier condition) {
        final long startNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - startNs > PATIENCE_NS) {
                throw new AssertionError("waited too long; out=" + out() + " err=" + err());
            }
            Thread.onSpinWait();
            Thread.yield();
        }
    }

    int exitCode() {
        return exitCode.join();
    }

    boolean isRunning() {
        return !exitCode.isDone();
    }

    String out() {
        return out.toString(UTF_8);
    }

    String err() {
        return err.toString(UTF_8);
    }

    List<String> outLines() {
        return out().lines().toList();
    }

    List<String> errLines() {
        return err().lines().toList();
    }

    /** The last line of the output, as JSON. */
    Map<String, Object> json() {
        final List<String> lines = outLines();
        return JsonText.parse(lines.get(lines.size() - 1));
    }

    @Override
    public void close() {
        interrupt().awaitEnd();
    }
}
