package io.tautwire.codec.topic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientNamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"pricer-1", "a//b+#", "publish-alice@host-12", "Börse 😀"})
    void takesAnyTextWithoutControlCharacters(String name) {
        assertArrayEquals(Bytes.utf8(name), ClientNames.encode(name));
    }

    @Test
    void namesTheByteAtFault() {
        assertRefused("", 0);
        assertRefused("é\u0007", 2);
        assertRefused("a\uD800", 1);
        assertRefused("x".repeat(256), 255);
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        final byte[] bytes = Bytes.of('a', 0xC0, 0x80);
        assertEquals(1, ClientNames.fault(Bytes.at(bytes), Bytes.OFFSET, bytes.length));
        assertThrows(TautwireException.class, () -> ClientNames.check(Bytes.at(bytes), Bytes.OFFSET, bytes.length));
    }

    private static void assertRefused(String name, int position) {
        final TautwireException refusal = assertThrows(TautwireException.class, () -> ClientNames.encode(name));
        assertEquals(Code.NAME_INVALID, refusal.code());
        assertTrue(refusal.getMessage().contains("position=" + position + ":"), refusal.getMessage());
    }
}
