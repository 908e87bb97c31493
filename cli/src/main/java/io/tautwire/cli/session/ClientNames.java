package io.tautwire.cli.session;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** Client names for those who give none. */
public final class ClientNames {
    /** Where Linux says its name; asking the resolver instead may wait for a name server. */
    private static final Path LINUX_HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    private ClientNames() {}

    /** {@code command-user@host-pid}. */
    public static String ofCommand(String command) {
        final String user = System.getProperty("user.name", "unknown");
        return "%s-%s@%s-%d"
                .formatted(command, user, host(), ProcessHandle.current().pid());
    }

    private static String host() {
        try {
            return Files.isReadable(LINUX_HOST_NAME)
                    ? Files.readString(LINUX_HOST_NAME).strip()
                    : InetAddress.getLocalHost().getHostName();
        } catch (final IOException e) {
            return "localhost";
        }
    }
}
