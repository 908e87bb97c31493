package io.tautwire.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import java.util.Arrays;
import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class HeadersTest {
    private final Headers headers = Headers.builder()
            .add("type", "trade")
            .add("π", "3.14")
            .add("type", "again")
            .add("empty", new byte[0])
            .build();

    @Test
    void areEncodedAsTheSchemaSays() {
        final Headers two =
                Headers.builder().add("type", "trade").add("π", "3.14").build();
        assertEquals(
                "04747970650500747261646502cf800400332e3134", HexFormat.of().formatHex(two.bytes()));
    }

    @Test
    void keepTheOrderTheyWereAddedIn() {
        final HeadersView view = headers.view();
        final StringBuilder seen = new StringBuilder();
        while (view.next()) {
            seen.append(view.name()).append('=').append(view.value()).append(';');
        }
        assertEquals("type=trade;π=3.14;type=again;empty=;", seen.toString());
        assertFalse(view.next());
        assertTrue(view.rewind().next());
        assertEquals("trade", view.value());
        assertEquals("{type=trade, π=3.14, type=again, empty=}", headers.toString());
    }

    @Test
    void areFoundByName() {
        final HeadersView view = new HeadersView().wrap(headers);
        assertTrue(view.find("π".getBytes(UTF_8)));
        assertEquals("3.14", view.value());
        assertTrue(view.find("type"));
        assertEquals("trade", view.value());
        assertArrayEquals("trade".getBytes(UTF_8), view.valueBytes());
        assertTrue(view.find("empty"));
        assertEquals(0, view.valueLength());
        assertFalse(view.find("typ"));
        assertFalse(view.find("types"));
        assertEquals("trade", headers.get("type"));
        assertNull(headers.get("Type"));
    }

    @Test
    void areEqualByTheirBytes() {
        final Headers copy = Headers.parse(new UnsafeBuffer(headers.bytes()), 0, headers.length());
        assertEquals(headers, copy);
        assertEquals(headers.hashCode(), copy.hashCode());
        assertNotEquals(headers, Headers.EMPTY);
        assertSame(Headers.EMPTY, Headers.builder().build());
        assertSame(Headers.EMPTY, Headers.parse(new UnsafeBuffer(new byte[0]), 0, 0));
    }

    @Test
    void areNotChangedByWhatIsDoneToACopy() {
        final byte[] bytes = headers.bytes();
        Arrays.fill(bytes, (byte) 0);
        assertEquals("trade", headers.get("type"));
    }

    @Test
    void takeNamesOf1To255BytesAndAllTogetherWhatAFrameCanHold() {
        final String longest = "n".repeat(255);
        assertEquals("v", Headers.builder().add(longest, "v").build().get(longest));
        assertInvalid(() -> Headers.builder().add("", "v"));
        assertInvalid(() -> Headers.builder().add(longest + "n", "v"));
        assertInvalid(() -> Headers.builder().add("π".repeat(128), "v"));
        final byte[] most = new byte[Headers.MAX_LENGTH - 4];
        assertEquals(
                Headers.MAX_LENGTH, Headers.builder().add("n", most).build().length());
        assertInvalid(() -> Headers.builder().add("n", new byte[most.length + 1]));
        assertInvalid(() -> Headers.builder().add("n", most).add("m", "v"));
    }

    @Test
    void aFaultIsThePairThatIsNotWhole() {
        final byte[] bytes = headers.bytes();
        for (int length = 0; length < bytes.length; length++) {
            final UnsafeBuffer cut = new UnsafeBuffer(Arrays.copyOf(bytes, length));
            final int pair = length < 12 ? 0 : length < 21 ? 12 : length < 33 ? 21 : 33;
            final boolean whole = length == pair;
            assertEquals(whole ? -1 : pair, Headers.fault(cut, 0, length), "length=" + length);
        }
        assertEquals(0, Headers.fault(new UnsafeBuffer(new byte[3]), 0, 3));
    }

    @Test
    void anyBytesAreEitherAFaultOrReadableToTheirEnd() {
        Seeds.each(20_000, random -> {
            final byte[] bytes = RandomFrames.bytes(random, random.nextInt(60));
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] &= (byte) (random.nextInt(6) == 0 ? 0xFF : 3);
            }
            final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
            final int fault = Headers.fault(buffer, 0, bytes.length);
            final int valid = fault < 0 ? bytes.length : fault;
            int end = 0;
            for (final HeadersView view = new HeadersView().wrap(buffer, 0, valid); view.next(); ) {
                assertTrue(view.nameLength() > 0);
                end = view.valueOffset() + view.valueLength();
            }
            assertEquals(valid, end);
            if (fault >= 0) {
                assertInvalid(() -> Headers.parse(buffer, 0, bytes.length));
            }
        });
    }

    private static void assertInvalid(Runnable action) {
        final TautwireException refused = assertThrows(TautwireException.class, action::run);
        assertEquals(Code.HEADERS_INVALID, refused.code());
    }
}
