package io.tautwire.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BookmarkTest {
    @Test
    void isHexadecimalJournalIdThenEpochThenPosition() {
        assertEquals("abc.1.4096", new Bookmark(0xABC, 1, 4096).text());
        assertEquals("ffffffffffffffff.0.0", new Bookmark(-1, 0, 0).toString());
    }

    @Test
    void anyComesBackFromItsText() {
        Seeds.each(500, random -> {
            final Bookmark bookmark =
                    new Bookmark(random.nextLong(), random.nextInt(1 << 30), random.nextLong() & Long.MAX_VALUE);
            assertEquals(bookmark, Bookmark.parse(new StringBuilder(bookmark.text())));
        });
        final Bookmark longest = new Bookmark(-1, Integer.MAX_VALUE, Long.MAX_VALUE);
        assertEquals(longest, Bookmark.parse(longest.text()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "a.b",
                "1.2",
                "1.2.3.4",
                "1.2.",
                "1..3",
                ".2.3",
                "g.1.2",
                "AB.1.2",
                "-1.1.2",
                "+1.1.2",
                "1.-1.2",
                "1.+1.2",
                "1.1.-8",
                "1.1.+8",
                " 1.1.8",
                "1.1.8 ",
                "1.\u0661.8",
                "1.2147483648.8",
                "1.1.9223372036854775808",
                "10000000000000000.1.8",
                "0000000000000000000000000000000000000000001.1.8"
            })
    void malformedTextIsRefusedWithARemedy(String text) {
        final TautwireException refused = assertThrows(TautwireException.class, () -> Bookmark.parse(text));
        assertEquals(Code.BOOKMARK_UNKNOWN, refused.code());
        assertTrue(refused.detail().contains("is malformed; give one"), refused.detail());
    }

    @Test
    void aRefusalShowsNoMoreOfTheTextThanABookmarkHas() {
        final TautwireException refused =
                assertThrows(TautwireException.class, () -> Bookmark.parse("x".repeat(100_000)));
        assertTrue(refused.detail().length() < 200, refused.detail());
    }

    @Test
    void negativePartsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Bookmark(1, -1, 0));
        assertThrows(IllegalArgumentException.class, () -> new Bookmark(1, 0, -1));
    }
}
