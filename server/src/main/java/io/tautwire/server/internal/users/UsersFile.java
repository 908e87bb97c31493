package io.tautwire.server.internal.users;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a users file: a line for each user, blank lines and such that begin with {@code #} left out. */
final class UsersFile {
    private static final long MAX_BYTES = 64 << 20;
    private static final int MAX_FAULTS = 100;

    private final Map<String, UserEntry> entries = new HashMap<>();
    private final Map<String, Integer> lineOf = new HashMap<>();
    private final List<String> faults = new ArrayList<>();
    private int leftOut;

    private UsersFile() {}

    /**
     * Reads a file.
     *
     * @return its users' entries.
     * @throws TautwireException CONFIGURATION_INVALID with all that is wrong, by line; shows nothing of a line.
     */
    static List<UserEntry> read(Path file) {
        final String at = "users file=" + file;
        final UsersFile users = new UsersFile();
        int number = 0;
        for (final String line : (Iterable<String>) text(file, at).lines()::iterator) {
            users.add(++number, line);
        }
        if (users.entries.isEmpty() && users.faults.isEmpty()) {
            throw fault(at + " names no user; add lines made by: tautwire user NAME --password-stdin", null);
        }
        if (!users.faults.isEmpty()) {
            throw fault(
                    at + ": " + String.join("; ", users.faults)
                            + (users.leftOut == 0 ? "" : "; and linesMore=" + users.leftOut)
                            + "; make such lines anew by: tautwire user NAME --password-stdin",
                    null);
        }
        return List.copyOf(users.entries.values());
    }

    private void add(int number, String line) {
        if (line.isBlank() || line.startsWith("#")) {
            return;
        }
        try {
            final UserEntry entry = UserEntry.parse(line);
            final Integer before = lineOf.putIfAbsent(entry.user(), number);
            if (before != null) {
                fault(number, "the user of line=" + before + " again");
            }
            entries.put(entry.user(), entry);
        } catch (TautwireException e) {
            fault(number, e.detail());
        }
    }

    private void fault(int number, String what) {
        if (faults.size() < MAX_FAULTS) {
            faults.add("line=" + number + ": " + what);
        } else {
            leftOut++;
        }
    }

    private static String text(Path file, String at) {
        try {
            final long bytes = Files.size(file);
            if (bytes > MAX_BYTES) {
                throw fault(at + " has bytes=" + bytes + ", more than " + MAX_BYTES + "; is it the right file?", null);
            }
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw fault(at + " does not exist; name another, or make it of lines by: tautwire user", e);
        } catch (CharacterCodingException e) {
            throw fault(at + " is not UTF-8; is it the right file?", e);
        } catch (IOException e) {
            throw fault(at + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static TautwireException fault(String what, Throwable cause) {
        return new TautwireException(Code.CONFIGURATION_INVALID, what, cause);
    }
}
