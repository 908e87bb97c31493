package io.tautwire.codec;

import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Values for a template that are as odd as it allows. */
final class RandomFrames {
    private RandomFrames() {}

    static Map<String, Object> values(Template template, Random random) {
        final Map<String, Object> values = new LinkedHashMap<>();
        final Object encoder = Flyweights.create(template.name + "Encoder");
        template.fields.forEach(field -> values.put(field.name(), number(encoder, field, random)));
        template.groups.forEach(group -> values.put(group.name(), ids(random)));
        template.data.forEach(part -> values.put(part.name(), data(part, random)));
        if (template.isStamped() && random.nextBoolean()) {
            values.put("position", 0L);
            values.put("timestamp", 0L);
        }
        return values;
    }

    /** A frame of any template, in its own array, padding included. */
    static byte[] any(Random random) {
        final Template template = Template.ALL.get(random.nextInt(Template.ALL.size()));
        return template.encode(values(template, random));
    }

    static byte[] bytes(Random random, int length) {
        final byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static Object number(Object encoder, Template.Part field, Random random) {
        final Optional<Method> setter = Flyweights.setter(encoder, field.name());
        if (setter.isEmpty()) {
            return (long) random.nextInt(1 << 8); // a set, with bits that nobody knows yet, too
        }
        final Class<?> type = setter.get().getParameterTypes()[0];
        if (type.isEnum()) {
            // Generated enums end with SBE_UNKNOWN and NULL_VAL, which nobody sends.
            final Object[] constants = type.getEnumConstants();
            return constants[random.nextInt(constants.length - 2)].toString();
        }
        return switch (field.type()) {
            case "uint16" -> (long) random.nextInt(1 << 16);
            case "uint32" -> Integer.toUnsignedLong(random.nextInt());
            case "int32" -> (long) random.nextInt();
            default -> random.nextLong();
        };
    }

    private static List<Object> ids(Random random) {
        final int count = random.nextInt(20) == 0 ? 5000 : random.nextInt(4);
        final List<Object> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(random.nextLong());
        }
        return ids;
    }

    private static Object data(Template.Part part, Random random) {
        if (part.isText()) {
            return text(random, length(random, 20_000, 21));
        }
        final boolean isBody = part.type().equals("varBody");
        return ByteBuffer.wrap(bytes(random, length(random, isBody ? 200_000 : FrameShape.MAX_VAR_LENGTH, 300)));
    }

    /** Mostly short, often empty, now and then the longest. */
    private static int length(Random random, int longest, int usual) {
        return switch (random.nextInt(40)) {
            case 0 -> longest;
            case 1, 2, 3, 4, 5 -> 0;
            default -> random.nextInt(usual);
        };
    }

    private static String text(Random random, int length) {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            final int codePoint = random.nextInt(0x800);
            text.appendCodePoint(random.nextInt(8) == 0 ? 0x1F300 + codePoint : codePoint);
        }
        return text.toString();
    }
}
