package io.tautwire.transport.connection;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Puts a marker where the password stands, spoils the string, and looks for the marker in all that is shown. */
class PasswordMaskingTest {
    private static final String MARKER = "Zq7Xv9Kw3Jp";
    private static final int PIECE = 4;
    private static final List<String> STRINGS = List.of(
            "tcp://alice:%s@localhost",
            "tcp://alice:%s@localhost:9007/tautwire/json?tcp_nodelay=true",
            "tcps://alice:%s@[::1]:9007,b/tautwire?tls_ca=/etc/ca.pem&io=nio",
            "unix://alice:%s@/tautwire/json?path=/tmp/x.sock",
            "tcp://:%s@localhost/amps?nmae=x",
            "tcp://%s@localhost:9007");
    private static final List<String> NASTY = List.of(
            "", "/", "?", "#", "@", ":", "%", "%4", "%zz", "%FF", "[", "]", "&", "=", ",", " ", "\n", "7/", "é", "//");
    private static final String ALPHABET = "a7:/?#@[]%&=,. \n\0_-é\uD800";
    /** A colon moved behind the marker makes it the user, who is shown beside a password. */
    private static final Pattern IS_USER = Pattern.compile("//[^:@/?#]*" + MARKER + "[^:@]*:[^@]*@");

    @Test
    void hidesAPasswordWithAnyCharacterUnencoded() {
        for (final String template : STRINGS) {
            for (final String before : NASTY) {
                for (final String after : NASTY) {
                    assertHidden(template.replace("%s", before + MARKER + after), MARKER.length());
                }
            }
        }
    }

    @Test
    void hidesEveryPieceAfterAnySingleEdit() {
        for (final String template : STRINGS.subList(0, 5)) {
            final String uri = template.replace("%s", MARKER);
            for (int i = 0; i <= uri.length(); i++) {
                final String before = uri.substring(0, i);
                final String after = uri.substring(i);
                for (int c = 0; c < ALPHABET.length(); c++) {
                    assertHidden(before + ALPHABET.charAt(c) + after, PIECE);
                    assertHidden(before + ALPHABET.charAt(c) + (after.isEmpty() ? "" : after.substring(1)), PIECE);
                }
                assertHidden(before + (after.isEmpty() ? "" : after.substring(1)), PIECE);
                assertHidden(before + before + after, PIECE);
            }
        }
    }

    @Test
    void hidesEveryPieceOfAStringCutAtEitherEnd() {
        for (final String template : STRINGS.subList(0, 5)) {
            final String uri = template.replace("%s", MARKER);
            for (int end = 0; end <= uri.length(); end++) {
                assertHidden(uri.substring(0, end), PIECE);
                for (int start = 1; start < end; start++) {
                    assertHidden(uri.substring(start, end), PIECE);
                }
            }
        }
    }

    @Test
    void hidesThePasswordWhereverAnAtSignStillFollowsIt() {
        final long seed = new Random().nextLong();
        final Random random = new Random(seed);
        for (int i = 0; i < 15_000; i++) {
            final StringBuilder uri = new StringBuilder(STRINGS.get(random.nextInt(STRINGS.size()))
                    .replace("%s", NASTY.get(random.nextInt(NASTY.size())) + MARKER));
            for (int edits = 1 + random.nextInt(5); edits > 0; edits--) {
                edit(uri, random);
            }
            final String edited = uri.toString();
            final int marker = edited.lastIndexOf(MARKER);
            final boolean isMarked = marker >= 0 && edited.indexOf('@', marker) >= 0;
            if (isMarked && !IS_USER.matcher(edited).find()) {
                assertDoesNotThrow(() -> assertHidden(edited, MARKER.length()), "seed=" + seed);
            }
        }
    }

    private static void edit(StringBuilder uri, Random random) {
        final int at = random.nextInt(uri.length());
        final String inserted = String.valueOf(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        switch (random.nextInt(4)) {
            case 0 -> uri.insert(at, inserted);
            case 1 -> uri.deleteCharAt(at);
            case 2 -> uri.replace(at, at + 1, inserted);
            default -> uri.append(uri.charAt(at));
        }
    }

    private static void assertHidden(String uri, int pieceLength) {
        assertHidden(uri, pieceLength, false);
        assertHidden(uri, pieceLength, true);
    }

    private static void assertHidden(String uri, int pieceLength, boolean isListener) {
        String shown;
        try {
            final ConnectionString parsed =
                    isListener ? ConnectionString.parseListener(uri) : ConnectionString.parse(uri);
            shown = parsed.toString();
            parsed.requireSupported();
        } catch (final ConnectionStringException e) {
            shown = e.toString();
            assertTrue(shown.chars().noneMatch(Character::isISOControl), () -> "one line: " + e);
        }
        for (int i = 0; i + pieceLength <= MARKER.length(); i++) {
            assertFalse(shown.contains(MARKER.substring(i, i + pieceLength)), shown + " of " + uri);
        }
    }
}
