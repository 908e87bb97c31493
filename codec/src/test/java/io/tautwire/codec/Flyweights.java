package io.tautwire.codec;

import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.agrona.MutableDirectBuffer;
import org.agrona.sbe.Flyweight;

/** Calls generated flyweights by the names that the schema gives. */
final class Flyweights {
    private Flyweights() {}

    @SuppressWarnings("unchecked")
    static <T> T create(String simpleName) {
        try {
            return (T) Class.forName("io.tautwire.codec.sbe." + simpleName)
                    .getConstructor()
                    .newInstance();
        } catch (final ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** The setter of a field in the block; none for a set, which has one for each of its bits. */
    static Optional<Method> setter(Object encoder, String field) {
        return named(encoder, field)
                .filter(method -> method.getParameterCount() == 1)
                .findFirst();
    }

    /** Sets a field in the block, from a Long, which for a set is its bits, or the name of an enum's value. */
    static void setField(Object encoder, String field, Object value) {
        setter(encoder, field)
                .ifPresentOrElse(
                        setter -> setField(encoder, setter, value), () -> setBits(call(encoder, field), (Long) value));
    }

    private static void setBits(Object set, Long bits) {
        ((MutableDirectBuffer) call(set, "buffer")).putByte((Integer) call(set, "offset"), bits.byteValue());
    }

    private static void setField(Object encoder, Method setter, Object value) {
        final Class<?> type = setter.getParameterTypes()[0];
        if (type == int.class) {
            invoke(encoder, setter, ((Long) value).intValue());
        } else if (type == long.class) {
            invoke(encoder, setter, value);
        } else {
            invoke(encoder, setter, constant(type, value));
        }
    }

    /** A field of the block, as {@link #setField} takes it. */
    static Object field(Object decoder, String field) {
        final Object read = call(decoder, field);
        final Object value = read instanceof Flyweight ? call(read, "getRaw") : read;
        return value instanceof Number number ? (Object) number.longValue() : value.toString();
    }

    /** Sets var data, from a String or a ByteBuffer over a whole array. */
    static void setData(Object encoder, String name, Object value) {
        if (value instanceof String) {
            call(encoder, name, value);
        } else {
            final byte[] bytes = ((ByteBuffer) value).array();
            call(encoder, "put" + capital(name), bytes, 0, bytes.length);
        }
    }

    /** Var data as a String. */
    static String text(Object decoder, String name) {
        return (String) call(decoder, name);
    }

    /** Var data as bytes. */
    static ByteBuffer bytes(Object decoder, String name) {
        final byte[] bytes = new byte[(Integer) call(decoder, name + "Length")];
        call(decoder, "get" + capital(name), bytes, 0, bytes.length);
        return ByteBuffer.wrap(bytes);
    }

    /** Calls the method that takes arguments of these types. */
    static Object call(Object target, String name, Object... arguments) {
        final Method method = named(target, name)
                .filter(candidate -> takes(candidate, arguments))
                .findFirst()
                .orElseThrow();
        return invoke(target, method, arguments);
    }

    private static Stream<Method> named(Object target, String name) {
        return Arrays.stream(target.getClass().getMethods())
                .filter(method -> method.getName().equals(name) && !method.isBridge());
    }

    private static boolean takes(Method method, Object... arguments) {
        final Class<?>[] types = method.getParameterTypes();
        boolean takes = types.length == arguments.length;
        for (int i = 0; takes && i < types.length; i++) {
            takes = types[i].isInstance(arguments[i])
                    || types[i] == int.class && arguments[i] instanceof Integer
                    || types[i] == long.class && arguments[i] instanceof Long;
        }
        return takes;
    }

    private static Object invoke(Object target, Method method, Object... arguments) {
        try {
            return method.invoke(target, arguments);
        } catch (final ReflectiveOperationException e) {
            throw new AssertionError(method + " with " + Arrays.toString(arguments), e);
        }
    }

    private static Object constant(Class<?> type, Object name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.toString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String capital(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
