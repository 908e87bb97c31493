package io.tautwire.server.internal.broker.rendering;

import static io.tautwire.server.internal.broker.rendering.Rendered.AS_IS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;

class BodyRendererTest {
    @Test
    void bytesBecomeTwoDigitsEach() {
        assertEquals("00017f80ffab", Rendered.by(new HexDigits(), "\0\u0001\u007f\u0080\u00ff\u00ab"));
        assertEquals("", Rendered.by(new HexDigits(), ""));
    }

    @Test
    void digitsThatDoNotFitAreNotWritten() {
        assertEquals("6162", Rendered.by(new HexDigits(), "ab", 4));
        assertEquals(AS_IS, Rendered.by(new HexDigits(), "ab", 3));
    }

    @Test
    void barsStandForSohAndForNothingElse() {
        assertEquals(
                "8=FIX.4.4|35=D|\u0002\u0000||\u0081|",
                Rendered.by(new BarsForSoh(), "8=FIX.4.4\u000135=D\u0001\u0002\u0000\u0001|\u0081\u0001"));
    }

    @Test
    void fieldsThatDoNotFitAreNotWritten() {
        assertEquals("a|b", Rendered.by(new BarsForSoh(), "a\u0001b", 3));
        assertEquals(AS_IS, Rendered.by(new BarsForSoh(), "a\u0001b", 2));
    }

    @Test
    void everyMessageTypeWithAReadableFormHasIt() {
        final MessageRenderer renderer = new MessageRenderer();
        for (final String type : List.of("json", "fix", "nvfix", "binary")) {
            assertNotNull(renderer.of(type, 1 << 20), type);
        }
        for (final String type : List.of("text", "", "JSON", "protobuf")) {
            assertNull(renderer.of(type, 1 << 20), type);
        }
    }
}
