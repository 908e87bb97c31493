package io.tautwire.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JournalConfigTest {
    @ParameterizedTest
    @CsvSource({
        "65536, 1024, 8192, 8",
        "8192, 1024, 4096, 2",
        "8192, 1048576, 4096, 2",
        "67108864, 1048576, 4194304, 16",
        "268435456, 1048576, 4194304, 64",
        "268435456, 33554432, 33554432, 8",
        "1048576, 1048576, 524288, 2",
        "100000, 1024, 8192, 12",
    })
    void dividesACapacity(long capacityBytes, int maxFrame, int segmentLength, int segments) {
        final JournalConfig config = JournalConfig.ofCapacity(1, 2, WhenFull.REFUSE, capacityBytes, maxFrame);
        assertEquals(new JournalConfig(1, 2, segmentLength, segments, WhenFull.REFUSE), config);
    }

    @Test
    void refusesLengthsAndCountsOutOfRangeWithTheirValue() {
        assertRefused("segmentLength=5000", () -> new JournalConfig(1, 0, 5000, 8, WhenFull.REFUSE));
        assertRefused("segmentLength=2048", () -> new JournalConfig(1, 0, 2048, 8, WhenFull.REFUSE));
        assertRefused("maxSegments=1", () -> new JournalConfig(1, 0, 8192, 1, WhenFull.REFUSE));
        assertRefused("capacityBytes=8191", () -> JournalConfig.ofCapacity(1, 0, WhenFull.REFUSE, 8191, 100));
    }

    private static void assertRefused(String value, Runnable action) {
        final TautwireException refused = assertThrows(TautwireException.class, action::run);
        assertEquals(Code.CONFIGURATION_INVALID, refused.code());
        assertTrue(refused.getMessage().contains(value), refused::getMessage);
    }
}
