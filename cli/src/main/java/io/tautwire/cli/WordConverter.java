package io.tautwire.cli;

import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.codec.sbe.NotFound;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Values of an enumeration, spelled in small letters. */
abstract class WordConverter<E extends Enum<E>> implements ITypeConverter<E> {
    private final Set<E> values;

    private WordConverter(Set<E> values) {
        this.values = values;
    }

    @Override
    public E convert(String text) {
        return values.stream()
                .filter(value -> word(value).equals(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is none of "
                        + values.stream().map(WordConverter::word).collect(Collectors.joining(", "))));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** How much a message has survived. */
    static final class Level extends WordConverter<AckLevel> {
        Level() {
            super(EnumSet.range(AckLevel.RECEIVED, AckLevel.SYNCED));
        }
    }

    /** What stands in for a place that the server no longer has. */
    static final class Instead extends WordConverter<NotFound> {
        Instead() {
            super(EnumSet.range(NotFound.FAIL, NotFound.NOW));
        }
    }
}
