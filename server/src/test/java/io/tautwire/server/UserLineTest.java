package io.tautwire.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class UserLineTest {
    private static final byte[] SALT = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");

    @Test
    void aLineIsOfTheStandardsKeys() {
        final char[] password = "pencil".toCharArray();
        final UserLine line = UserLine.of("user", password, SALT, 4096);
        assertEquals(
                "user:W22ZaJ0SNY7soEsUEjb6gQ==:4096:WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY="
                        + ":wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=",
                line.text()); // computed by Python's hashlib and hmac
        assertArrayEquals("pencil".toCharArray(), password);
        final UserLine read = UserLine.parse(line.text());
        assertEquals(line.text(), read.text());
        assertEquals("user", read.user());
        assertEquals(4096, read.iterations());
        assertEquals("user=user iterations=4096 keys=***", line.toString());
    }

    @Test
    void eachLineHasASaltOfItsOwnAndTheUsualCost() {
        final UserLine one = UserLine.of("alice", "x".toCharArray());
        assertNotEquals(one.text(), UserLine.of("alice", "x".toCharArray()).text());
        assertEquals(600_000, one.iterations());
    }

    @Test
    void namesAreKeptInOneWayOfWriting() {
        assertEquals("IX", UserLine.of("\u2168", "x".toCharArray(), SALT, 4096).user());
        assertEquals(
                "a b", UserLine.of("a\u00A0b", "x".toCharArray(), SALT, 4096).user());
    }

    @Test
    void namesAndPasswordsThatCannotBeAreRefusedAndNotShown() {
        for (final String user :
                List.of("", "a:b", "#a", "a\nb", "a\u0000", "x".repeat(256), "\u0627\u0031", "\uD83D", "\u00AD")) {
            final TautwireException fault =
                    assertThrows(TautwireException.class, () -> UserLine.of(user, "secret".toCharArray(), SALT, 4096));
            assertEquals(Code.CONFIGURATION_INVALID, fault.code());
            assertFalse(fault.getMessage().contains("secret"), fault.getMessage());
        }
        for (final String password :
                List.of("", "sesame\u0000", "sesame\uD83D\uDE00", "sesame".repeat(200), "\u00AD")) {
            final TautwireException fault = assertThrows(
                    TautwireException.class, () -> UserLine.of("alice", password.toCharArray(), SALT, 4096));
            assertEquals(Code.CONFIGURATION_INVALID, fault.code());
            assertFalse(fault.getMessage().contains("sesame"), fault.getMessage());
            assertNull(fault.getCause());
        }
    }

    @Test
    void saltsAndCountsAreBounded() {
        for (final int iterations : new int[] {-1, 0, 4095, 10_000_001}) {
            assertThrows(TautwireException.class, () -> UserLine.of("a", "x".toCharArray(), SALT, iterations));
        }
        for (final int length : new int[] {0, 7, 257}) {
            assertThrows(TautwireException.class, () -> UserLine.of("a", "x".toCharArray(), new byte[length], 4096));
        }
        final TautwireException fault = assertThrows(TautwireException.class, () -> UserLine.parse("alice:sesame"));
        assertTrue(fault.getMessage().contains("user:salt:iterations:storedKey:serverKey"), fault.getMessage());
        assertFalse(fault.getMessage().contains("sesame"), fault.getMessage());
    }
}
