package io.tautwire.system.process;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of its own that runs a main class of the tests, with its output in a file. */
final class ChildProcess implements AutoCloseable {
    private static final String FLAG = "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED";
    private static final int RECENT_BYTES = 64 * 1024;

    private final Process process;
    private final Path output;

    private ChildProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts one with this JVM's Java and class path. */
    static ChildProcess start(Path output, Class<?> main, String... args) throws IOException {
        return start(output, java(main, args));
    }

    /**
     * Starts one that sees a small file system at a directory, which nobody else sees and which goes with it; half of
     * that is taken by a file named {@code filler}. {@link #pathOf} finds it from outside.
     */
    static ChildProcess startOnSmallDisk(Path directory, int mebibytes, Path output, Class<?> main, String... args)
            throws IOException {
        final List<String> command = new ArrayList<>(List.of("unshare", "-rm", "sh", "-c"));
        command.add("mount -t tmpfs -o size=" + mebibytes + "m tmpfs " + directory + " && head -c " + mebibytes / 2
                + "M /dev/zero > " + directory + "/filler && exec \"$0\" \"$@\"");
        command.addAll(java(main, args));
        return start(output, command);
    }

    /** Whether processes may have small file systems here. */
    static boolean mayMount(Path directory) throws Exception {
        return new ProcessBuilder("unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", directory.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    private static List<String> java(Class<?> main, String... args) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(FLAG, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(args));
        return command;
    }

    private static ChildProcess start(Path output, List<String> command) throws IOException {
        final Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(
                        output.resolveSibling(output.getFileName() + ".err").toFile())
                .start();
        return new ChildProcess(process, output);
    }

    /** A file as this process sees it. */
    Path pathOf(Path file) {
        return Path.of("/proc", Long.toString(process.pid()), "root")
                .resolve(file.toString().substring(1));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Lines written so far; the last one may be torn while it runs. */
    List<String> lines() {
        try {
            return Files.readAllLines(output);
        } catch (IOException e) {
            return fail(e);
        }
    }

    /** Whole lines written last, some kilobytes of them. */
    List<String> recentLines() {
        try (RandomAccessFile file = new RandomAccessFile(output.toFile(), "r")) {
            final long from = Math.max(0, file.length() - RECENT_BYTES);
            file.seek(from);
            final byte[] bytes = new byte[RECENT_BYTES];
            final String text = new String(bytes, 0, Math.max(0, file.read(bytes)), US_ASCII);
            final int begin = from == 0 ? 0 : text.indexOf('\n') + 1;
            final int end = text.lastIndexOf('\n') + 1;
            return begin < end ? text.substring(begin, end).lines().toList() : List.of();
        } catch (IOException e) {
            return fail(e);
        }
    }

    /** Lets it come to its end, by closing its input. */
    void finish() throws IOException {
        process.getOutputStream().close();
    }

    /** Kills it as the system would, without a word. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    }

    /** It ends by itself, with success. */
    void awaitSuccess() throws Exception {
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), () -> "does not end: " + tail());
        assertTrue(process.exitValue() == 0, () -> "exit=" + process.exitValue() + ": " + tail());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private String tail() {
        final List<String> all = lines();
        try {
            all.addAll(Files.readAllLines(output.resolveSibling(output.getFileName() + ".err")));
        } catch (IOException e) {
            all.add(e.toString());
        }
        return String.join("\n", all.subList(Math.max(0, all.size() - 20), all.size()));
    }
}
