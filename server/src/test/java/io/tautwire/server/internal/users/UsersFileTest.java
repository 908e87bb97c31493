package io.tautwire.server.internal.users;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import io.tautwire.server.ServerAuthenticator;
import io.tautwire.server.UserLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsersFileTest {
    private static final byte[] SALT = new byte[16];
    private static final String KEY = ScramPeer.base64(new byte[32]);

    @TempDir
    Path directory;

    private final String alice =
            UserLine.of("alice", "wonderland".toCharArray(), SALT, 4096).text();

    @Test
    void itsUsersLogOn() throws IOException {
        final String bob =
                UserLine.of("bob", "builder".toCharArray(), SALT, 5000).text();
        for (final String end : List.of("\n", "\r\n", "")) {
            final String text = "# users\n\n" + alice + "\r\n   \n" + bob + end;
            final ServerAuthenticator users = ServerAuthenticator.users(file(text));
            assertEquals("accepted alice", new Asked(users, true).say("alice", "wonderland"));
            assertEquals("accepted bob", new Asked(users, false).converse("bob", new ScramPeer("bob", "builder", "r")));
            assertEquals("passwords of 2 users", users.toString());
        }
    }

    @Test
    void tellsAllFaultsByLineAndShowsNothingOfThem() throws IOException {
        final String salt = ScramPeer.base64(SALT);
        final Path file = file(String.join(
                "\n",
                alice,
                "bob:hunter2secret",
                "carol:!:4096:" + KEY + ":" + KEY,
                "dave:" + salt + ":4095:" + KEY + ":" + KEY,
                "erin:" + salt + ":hunter2secret:" + KEY + ":" + KEY,
                "frank:" + salt + ":4096:aHVudGVyMnNlY3JldA==:" + KEY,
                ":" + salt + ":4096:" + KEY + ":" + KEY,
                "g\u0007:" + salt + ":4096:" + KEY + ":" + KEY,
                "\u2168:" + salt + ":4096:" + KEY + ":" + KEY,
                alice,
                "henry:AAAA:4096:" + KEY + ":" + KEY,
                "ida:" + salt + ":4096:" + KEY + ":" + KEY + ":" + KEY));
        final TautwireException fault = assertThrows(TautwireException.class, () -> ServerAuthenticator.users(file));
        assertEquals(Code.CONFIGURATION_INVALID, fault.code());
        final String message = fault.getMessage();
        assertTrue(message.contains("users file=" + file), message);
        for (int line = 2; line <= 12; line++) {
            assertTrue(message.contains("line=" + line + ": "), message);
        }
        assertFalse(message.contains("line=1: "), message);
        for (final String secret : List.of("hunter2secret", "aHVudGVy", KEY, salt, "\u0007", "bob")) {
            assertFalse(message.contains(secret), message);
        }
        for (final String what : List.of(
                "fields=2",
                "salt is no base64",
                "iterations are not from 4096",
                "storedKey is not of 32 bytes",
                "name is malformed",
                "not as SASLprep",
                "the user of line=1 again",
                "salt is not of 8")) {
            assertTrue(message.contains(what), what + " in " + message);
        }
    }

    @Test
    void aFileThatIsNoneIsAFault() throws IOException {
        for (final Path none : List.of(directory.resolve("missing"), directory, file("# nobody\n"))) {
            final TautwireException fault = assertThrows(TautwireException.class, () -> UsersFile.read(none));
            assertEquals(Code.CONFIGURATION_INVALID, fault.code());
            assertTrue(fault.getMessage().contains("users file=" + none), fault.getMessage());
        }
        final Path latin = directory.resolve("latin");
        Files.write(latin, new byte[] {'a', (byte) 0xE9, ':'});
        assertTrue(assertThrows(TautwireException.class, () -> UsersFile.read(latin))
                .getMessage()
                .contains("UTF-8"));
    }

    @Test
    void veryManyFaultsAreCounted() throws IOException {
        final Path file = file("x\n".repeat(150));
        final TautwireException fault = assertThrows(TautwireException.class, () -> UsersFile.read(file));
        assertTrue(fault.getMessage().contains("line=100: "), fault.getMessage());
        assertTrue(fault.getMessage().contains("linesMore=50"), fault.getMessage());
    }

    private Path file(String text) throws IOException {
        return Files.writeString(Files.createTempFile(directory, "users", ""), text);
    }
}
