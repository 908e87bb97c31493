package io.tautwire.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientNamesTest {
    @Test
    void isApplicationUserAndHost() {
        assertEquals("pricer-alice@fra-17", ClientNames.of("pricer", "alice", "fra-17\n"));
        final String name = ClientNames.recommended("pricer");
        assertTrue(name.startsWith("pricer-") && name.indexOf('@') > 0, name);
        assertEquals(name, ClientNames.recommended("pricer"));
        new Client(name).close();
    }

    @Test
    void whatTheSystemDoesNotKnowHasAName() {
        assertEquals("a-unknown@unknown", ClientNames.of("a", null, " "));
        assertEquals("a-unknown@h", ClientNames.of("a", "?", "h"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\n\ty",
                "\u007f\u0085",
                "h\u0000",
                "\ud800",
                "\udc00\ud800",
                "äöü",
                "日本語",
                "😀",
                "a b@c-d",
                "م١"
            })
    void isAValidNameWhateverTheSystemSays(String odd) {
        final String once = ClientNames.of("a" + odd, odd, odd);
        io.tautwire.codec.topic.ClientNames.encode(once);
        final String longer = odd.repeat(300);
        final byte[] most = io.tautwire.codec.topic.ClientNames.encode(ClientNames.of("a" + longer, longer, longer));
        assertTrue(most.length <= 255, "" + most.length);
        assertEquals(ClientNames.of("a" + longer, longer, longer), new String(most, UTF_8));
    }

    @Test
    void aLongHostLeavesRoomForTheOthers() {
        final String name = ClientNames.of("a".repeat(300), "u".repeat(300), "h".repeat(300));
        assertEquals("a".repeat(127) + '-' + "u".repeat(63) + '@' + "h".repeat(63), name);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  "})
    void anApplicationIsNeeded(String none) {
        final TautwireException refused = assertThrows(TautwireException.class, () -> ClientNames.recommended(none));
        assertEquals(Code.NAME_INVALID, refused.code());
    }
}
