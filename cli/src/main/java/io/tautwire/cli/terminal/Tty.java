package io.tautwire.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The user's terminal itself, whatever the standard streams are connected to. Its echo is turned off by {@code stty},
 * because a JVM reads without echo only where standard input and output are terminals, too, and here the output usually
 * goes into a file.
 */
public final class Tty {
    private final Path device;
    private final Stop stop;

    /**
     * A terminal.
     *
     * @param device such as {@code /dev/tty}.
     * @param stop   ends the asking.
     */
    public Tty(Path device, Stop stop) {
        this.device = device;
        this.stop = stop;
    }

    /**
     * Asks for a line and shows nothing of it.
     *
     * @param question     shown before.
     * @param answer       filled with the line's bytes, without its end.
     * @return how many there are, more than fit if they do not; -1 when the user ended the asking.
     * @throws IOException if there is no terminal.
     */
    public int askUnseen(String question, byte[] answer) throws IOException {
        final String settings = stty("-g");
        try {
            stty("-echo");
            Files.write(device, question.getBytes(UTF_8));
            final CompletableFuture<Integer> line = new CompletableFuture<>();
            final Thread reader = new Thread(() -> read(answer, line), "tautwire-tty");
            reader.setDaemon(true); // it may never end
            reader.start();
            return (Integer) CompletableFuture.anyOf(line, stop.asFuture().thenApply(none -> -1))
                    .join();
        } catch (CompletionException e) {
            throw new IOException(e.getCause());
        } finally {
            stty(settings);
            Files.write(device, new byte[] {'\n'});
        }
    }

    private void read(byte[] answer, CompletableFuture<Integer> line) {
        try (InputStream in = new FileInputStream(device.toFile())) {
            int length = 0;
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0) {
                    length = length == 0 ? -1 : length;
                    break;
                }
                if (length < answer.length) {
                    answer[length] = (byte) next;
                }
                length++;
            }
            line.complete(length);
        } catch (IOException e) {
            line.completeExceptionally(e);
        }
    }

    private String stty(String words) throws IOException {
        final Process process = new ProcessBuilder(Arrays.asList("stty", words))
                .redirectInput(device.toFile())
                .redirectErrorStream(true)
                .start();
        final String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        try {
            if (process.waitFor() != 0) {
                throw new IOException("stty " + words + ": " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return said;
    }
}
