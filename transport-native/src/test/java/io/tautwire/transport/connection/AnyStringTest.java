package io.tautwire.transport.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is thrown at the parser, it gives a string that reads back the same, or its one exception. */
class AnyStringTest {
    private static final List<String> WORDS = List.of(
            "tcp",
            "tcps",
            "unix",
            "://",
            ":",
            "/",
            "//",
            "?",
            "&",
            "=",
            "@",
            ",",
            "[",
            "]",
            "%",
            "%41",
            "%zz",
            "%C3%BC",
            "%00",
            "#",
            "::1",
            "[::1]",
            "127.0.0.1",
            "localhost",
            "a",
            "9007",
            "70000",
            "tautwire",
            "json",
            "fix",
            "tcp_nodelay=true",
            "io=nio",
            "path=/tmp/x",
            "name=n",
            "tls_cert=c",
            "tls_key=k",
            "max_frame=1m",
            "pretty",
            "alice:",
            "\n",
            " ",
            "\uD83D\uDE80",
            "\uD800",
            "\u2028",
            "ü",
            "\0",
            "+",
            "-",
            ".",
            "1s",
            "2m",
            "250ms");

    @Test
    void givesAStringOrTheOneException() {
        final long seed = new Random().nextLong();
        final Random random = new Random(seed);
        int parsed = 0;
        for (int i = 0; i < 20_000; i++) {
            final String uri = i % 2 == 0 ? words(random) : template(random);
            try {
                parsed += check(uri, random.nextBoolean()) ? 1 : 0;
            } catch (final RuntimeException | AssertionError e) {
                fail("seed=" + seed + " uri=" + uri, e);
            }
        }
        assertTrue(parsed > 200, "too few good strings to prove anything: " + parsed + ", seed=" + seed);
    }

    private static boolean check(String uri, boolean isListener) {
        try {
            final ConnectionString parsed = parse(uri, isListener);
            final String shown = parsed.toString();
            assertFalse(shown.chars().anyMatch(Character::isISOControl), shown);
            if (!shown.contains(Mask.HIDDEN)) {
                assertEquals(parsed, parse(shown, isListener));
                assertEquals(shown, parse(shown, isListener).toString());
            }
            parsed.requireSupported();
            return true;
        } catch (final ConnectionStringException e) {
            assertFalse(e.faults().isEmpty(), "a fault is named");
            assertTrue(e.getMessage().chars().allMatch(c -> c >= ' ' && c <= '~'), e.getMessage());
            return false;
        }
    }

    private static ConnectionString parse(String uri, boolean isListener) {
        return isListener ? ConnectionString.parseListener(uri) : ConnectionString.parse(uri);
    }

    private static String words(Random random) {
        final StringBuilder text = new StringBuilder();
        for (int count = random.nextInt(14); count > 0; count--) {
            text.append(word(random));
        }
        return text.toString();
    }

    private static String template(Random random) {
        return (random.nextBoolean() ? "tcp://localhost" : "unix://")
                + (random.nextBoolean() ? "/tautwire/" + word(random) : "")
                + (random.nextBoolean() ? "?path=/tmp/" : "?name=")
                + word(random)
                + (random.nextInt(4) == 0 ? "&" + word(random) : "");
    }

    private static String word(Random random) {
        return random.nextInt(30) == 0
                ? String.valueOf((char) random.nextInt(0x10000))
                : WORDS.get(random.nextInt(WORDS.size()));
    }
}
