package io.tautwire.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.agrona.sbe.MessageEncoderFlyweight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FrameShapeTest {
    static List<Template> templates() {
        return Template.ALL;
    }

    @ParameterizedTest
    @MethodSource("templates")
    void agreesWithTheSchema(Template template) {
        final FrameShape shape = template.shape();
        final boolean hasBody =
                template.data.stream().anyMatch(part -> part.type().equals("varBody"));
        assertEquals(template.id, shape.templateId());
        assertEquals(template.groups.size(), shape.groupEntryLength() > 0 ? 1 : 0);
        assertEquals(hasBody, shape.hasBody());
        assertEquals(template.data.size(), shape.varCount() + (hasBody ? 1 : 0));
    }

    @ParameterizedTest
    @MethodSource("templates")
    void asksForNoLongerBlockThanThisVersionWrites(Template template) {
        final MessageEncoderFlyweight encoder = Flyweights.create(template.name + "Encoder");
        assertTrue(template.shape().blockLength() <= encoder.sbeBlockLength());
    }

    @ParameterizedTest
    @MethodSource("templates")
    void isStampedWhereTheBlockBeginsWithAStamp(Template template) {
        final boolean beginsWithStamp = template.fields.get(0).name().equals("position")
                && template.fields.get(1).name().equals("timestamp");
        assertEquals(beginsWithStamp, template.isStamped());
    }

    @Test
    void isNullForAnUnknownTemplate() {
        for (final int id : new int[] {-1, 0, 6, 9, 13, 19, 30, 31, 65535}) {
            assertNull(FrameShape.of(id));
        }
    }
}
