package io.tautwire.benchmarks.process;

import io.tautwire.benchmarks.Jvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A JVM of its own with this one's Java and class path, whose program says its address in its first line and ends when
 * its input does (see {@link Lifeline}): so it cannot outlive this process. It runs on the processors that this one was
 * given. What it has to say otherwise goes to the error output of both.
 */
public final class Child implements AutoCloseable {
    private static final long START_SECONDS = 60;
    private static final long END_SECONDS = 20;
    private static final int FIRST_JVM_THAT_WARNS = 24;

    private final Process process;
    private final BufferedReader output;
    private final String address;

    private Child(Process process, String name) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
        try {
            this.address = awaitAddress(name);
        } catch (RuntimeException | Error e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /**
     * Starts one, and waits until it has said its address.
     *
     * @param main its main class.
     * @param args its arguments.
     * @throws IllegalStateException if it ends before, or does not say it within a minute.
     */
    static Child start(Class<?> main, String... args) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(Jvm.OPENS);
        if (Runtime.version().feature() >= FIRST_JVM_THAT_WARNS) {
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(args));
        try {
            final Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return new Child(process, main.getSimpleName());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What to connect to. */
    public String address() {
        return address;
    }

    private String awaitAddress(String name) {
        final CompletableFuture<String> line = new CompletableFuture<>();
        final Thread reader = new Thread(
                () -> {
                    try {
                        line.complete(output.readLine());
                    } catch (IOException e) {
                        line.completeExceptionally(e);
                    }
                },
                "child-address");
        reader.setDaemon(true);
        reader.start();
        try {
            final String found = line.get(START_SECONDS, TimeUnit.SECONDS);
            if (found == null || !found.startsWith(Lifeline.READY)) {
                throw new IllegalStateException(
                        name + " said '" + found + "' where its address was expected; see its error output");
            }
            return found.substring(Lifeline.READY.length());
        } catch (TimeoutException e) {
            throw new IllegalStateException(name + " said no address for seconds=" + START_SECONDS, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(name + " cannot be read from", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + name + " started", e);
        }
    }

    /** Its process. */
    Process process() {
        return process;
    }

    /** Ends it, and waits for that; by force when it does not end by itself. */
    @Override
    public void close() {
        try (output) {
            process.getOutputStream().close();
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("pid=" + process.pid() + " had to be killed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
    }
}
