package io.tautwire.cli;

import io.tautwire.transport.connection.Durations;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations as connection strings write them too: {@code 250ms}, {@code 5s}, {@code 2m}. */
final class DurationConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
        try {
            return Duration.ofNanos(Durations.parseNs(text));
        } catch (final IllegalArgumentException e) {
            throw new TypeConversionException("'" + text + "' is no duration; " + e.getMessage());
        }
    }
}
