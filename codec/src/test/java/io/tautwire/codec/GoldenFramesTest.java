package io.tautwire.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Collectors;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenFramesTest {
    static List<GoldenFrame> frames() {
        return GoldenFrame.ALL;
    }

    @Test
    void thereIsOneForEachTemplate() {
        assertEquals(
                Template.ALL.stream().map(template -> template.name).collect(Collectors.toSet()),
                GoldenFrame.ALL.stream().map(golden -> golden.template.name).collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @MethodSource("frames")
    void valuesAreEncodedToTheWrittenBytes(GoldenFrame golden) {
        assertArrayEquals(golden.bytes, golden.template.encode(golden.values));
    }

    @ParameterizedTest
    @MethodSource("frames")
    void bytesAreDecodedToTheWrittenValues(GoldenFrame golden) {
        assertEquals(golden.values, golden.template.decode(new UnsafeBuffer(golden.bytes), 0));
    }

    @ParameterizedTest
    @MethodSource("frames")
    void theReaderAcceptsThem(GoldenFrame golden) {
        assertEquals(List.of(golden.template.id), Reading.of(golden.bytes).templateIds());
    }
}
