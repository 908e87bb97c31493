package io.tautwire.cli.demo;

import io.tautwire.TautwireException;
import io.tautwire.cli.terminal.Stop;
import io.tautwire.codec.sbe.Code;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The program {@code keytool} of a Java runtime, run to its end unless the user ends it. */
final class Keytool {
    private static final long PATIENCE_SECONDS = 60;

    /** How a program ends that a signal ended, Ctrl-C at the terminal they share or SIGTERM to all. */
    private static final List<Integer> ENDED_BY_SIGNAL = List.of(130, 143);

    /** Where the password is for keytool to read: arguments are there for everybody to see. */
    private static final String PASSWORD = "TAUTWIRE_DEMO_STORE";

    private final Path program;
    private final Path output;
    private final Stop stop;

    /**
     * One that can be run.
     *
     * @param program   where it is.
     * @param directory where it may write.
     * @param stop      ends it before its time.
     * @throws TautwireException IO_UNAVAILABLE if it is not there.
     */
    Keytool(Path program, DemoDirectory directory, Stop stop) {
        if (!Files.isExecutable(program)) {
            throw new TautwireException(
                    Code.IO_UNAVAILABLE,
                    "no keytool=" + program + " to make certificates with: use a Java runtime that has it, or another"
                            + " scheme than tcps");
        }
        this.program = program;
        this.output = directory.file("keytool.log");
        this.stop = stop;
    }

    /** Where this Java runtime has its own. */
    static Path ofThisRuntime() {
        final boolean isWindows = System.getProperty("os.name").startsWith("Windows");
        return Path.of(System.getProperty("java.home"), "bin", isWindows ? "keytool.exe" : "keytool");
    }

    /**
     * Makes a key and its certificate.
     *
     * @param store    where they go, together with what is there.
     * @param password what the store is encrypted with.
     * @param alias    what they are called there.
     * @param further  arguments that say more of the certificate.
     * @throws TautwireException IO_UNAVAILABLE if it fails, TIMED_OUT, INTERRUPTED if the user ended it.
     */
    void makeKey(Path store, String password, String alias, String... further) throws InterruptedException {
        final List<String> command =
                new ArrayList<>(List.of(program.toString(), "-J-Duser.language=en", "-genkeypair"));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass:env", PASSWORD));
        command.addAll(List.of("-alias", alias, "-keyalg", "EC", "-groupname", "secp256r1", "-validity", "1"));
        command.addAll(List.of(further));
        final ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put(PASSWORD, password);
        try {
            final Process process = builder.start();
            process.getOutputStream().close();
            await(process);
            Files.delete(output);
        } catch (final IOException e) {
            throw new TautwireException(
                    Code.IO_UNAVAILABLE, "keytool=" + program + " cannot be run: " + e.getMessage(), e);
        }
    }

    private void await(Process process) throws InterruptedException, IOException {
        try {
            CompletableFuture.anyOf(process.onExit(), stop.asFuture()).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (final TimeoutException e) {
            throw new TautwireException(
                    Code.TIMED_OUT,
                    "keytool=" + program + " did not end, timeout=" + PATIENCE_SECONDS
                            + "s: use another scheme than tcps");
        } catch (final ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            // Nothing of it may be left that still writes where files are about to be removed.
            process.destroyForcibly().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        if (stop.requested() || ENDED_BY_SIGNAL.contains(process.exitValue())) {
            throw new TautwireException(Code.INTERRUPTED, "ended by the user while keytool made certificates");
        }
        if (process.exitValue() != 0) {
            throw new TautwireException(
                    Code.IO_UNAVAILABLE,
                    "keytool=" + program + " made no certificate, exit=" + process.exitValue() + ": "
                            + Files.readString(output, Charset.defaultCharset()));
        }
    }
}
