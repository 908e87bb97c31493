package io.tautwire.transport;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The file of a Unix socket that somebody wants to listen at. */
final class SocketFile {
    /** File type bits of a mode, and those of a socket (POSIX sys/stat.h). */
    private static final int TYPE_MASK = 0170000;

    private static final int TYPE_SOCKET = 0140000;

    private SocketFile() {}

    /**
     * Removes the socket file that a listener left which did not end in order. Without it the path could not be bound.
     *
     * @throws TautwireException if somebody answers there, or if there is anything but a socket, which is left alone.
     */
    static void removeStale(String path) {
        final Path file = Path.of(path);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            if (!isSocket(file)) {
                throw new TautwireException(
                        Code.CONFIGURATION_INVALID, "path=" + path + " exists and is no socket: choose another path");
            }
            if (isAnswering(file)) {
                throw new TautwireException(
                        Code.CONNECT_FAILED,
                        "path=" + path + " is in use, a listener answers there: end it or choose another path");
            }
            Files.deleteIfExists(file);
        } catch (NoSuchFileException e) {
            // Whoever held it has just removed it.
            return;
        } catch (IOException e) {
            throw new TautwireException(
                    Code.CONNECT_FAILED,
                    "path=" + path + " exists and cannot be tried or removed: " + ChannelTypes.reason(e),
                    e);
        }
    }

    /** Not simply "neither file nor folder": connecting to a pipe is refused too, and it must not be removed. */
    private static boolean isSocket(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return false;
        }
        final Object mode = Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        return ((Integer) mode & TYPE_MASK) == TYPE_SOCKET;
    }

    private static boolean isAnswering(Path file) throws IOException {
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            // Not blocking: one whose queue is full would make us wait, and is alive.
            probe.configureBlocking(false);
            probe.connect(UnixDomainSocketAddress.of(file));
            return true;
        } catch (ConnectException e) {
            return false;
        }
    }
}
