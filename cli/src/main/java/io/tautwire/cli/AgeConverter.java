package io.tautwire.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How long something is kept: {@code 90s}, {@code 30m}, {@code 24h}, {@code 7d}. */
final class AgeConverter implements ITypeConverter<Duration> {
    private static final Pattern SYNTAX = Pattern.compile("([1-9][0-9]{0,5})([smhd])");

    @Override
    public Duration convert(String text) {
        final Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            throw new TypeConversionException("'" + text + "' is no age; accepted is one such as 90s, 30m, 24h or 7d");
        }
        final long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }
}
