package io.tautwire.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** Client names for those who have no scheme of their own. Stateless; any thread. */
public final class ClientNames {
    /** Where Linux says its name; asking the resolver instead may wait for a name server. */
    private static final Path LINUX_HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    private static final int MAX_APPLICATION_BYTES = 127;
    private static final int MAX_PART_BYTES = 63;
    private static final String UNKNOWN = "unknown";

    private ClientNames() {}

    /**
     * The recommended name, {@code application-user@host}: who publishes, on whose behalf, and where, such as
     * {@code pricer-alice@fra-17}. It is the same each time, so that a restart takes the place of its predecessor; two
     * processes of one application that run at once on one machine add what tells them apart, {@code
     * recommended("pricer-2")}, or they would replace each other.
     *
     * <p>Always a valid client name: control characters and halves of surrogate pairs become {@code _}, and what is too
     * long is cut, the application at 127 bytes of UTF-8, user and host, of which unknown ones are called
     * {@code unknown}, at 63 each.
     *
     * @param application what this program is called, not blank.
     * @throws TautwireException NAME_INVALID without an application.
     */
    public static String recommended(String application) {
        if (application == null || application.isBlank()) {
            throw new TautwireException(
                    Code.NAME_INVALID, "no application to make a client name of; give what this program is called");
        }
        return of(application, System.getProperty("user.name"), host());
    }

    static String of(String application, String user, String host) {
        return part(application, MAX_APPLICATION_BYTES)
                + '-'
                + part(orUnknown(user), MAX_PART_BYTES)
                + '@'
                + part(orUnknown(host), MAX_PART_BYTES);
    }

    private static String orUnknown(String part) {
        final boolean isKnown = part != null && !part.isBlank() && !part.equals("?"); // what a JVM says without a user
        return isKnown ? part : UNKNOWN;
    }

    private static String part(String text, int maxBytes) {
        final StringBuilder part = new StringBuilder();
        int bytes = 0;
        for (final int character : text.strip().codePoints().toArray()) {
            final boolean isValid =
                    !Character.isISOControl(character) && Character.getType(character) != Character.SURROGATE;
            final String shown = isValid ? Character.toString(character) : "_";
            bytes += shown.getBytes(UTF_8).length;
            if (bytes > maxBytes) {
                break;
            }
            part.append(shown);
        }
        return part.toString();
    }

    private static String host() {
        try {
            return Files.isReadable(LINUX_HOST_NAME)
                    ? Files.readString(LINUX_HOST_NAME)
                    : InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return UNKNOWN;
        }
    }
}
