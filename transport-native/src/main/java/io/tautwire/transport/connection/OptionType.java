package io.tautwire.transport.connection;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the text of an option becomes its value.
 *
 * @param accepted what is accepted, to follow "accepted is".
 * @param words    the accepted words where they can be counted, for hints; otherwise empty.
 * @param reader   gives the value, or throws {@link IllegalArgumentException}, whose message is not used.
 */
record OptionType(String accepted, List<String> words, Function<String, Object> reader) {
    static final OptionType BOOLEAN = choice(List.of("true", "false"), Boolean::valueOf);
    static final OptionType DURATION = new OptionType(Durations.ACCEPTED, List.of(), Durations::parseNs);
    static final OptionType IO =
            choice(List.of("auto", "epoll", "kqueue", "nio"), text -> Io.valueOf(text.toUpperCase(Locale.ROOT)));
    static final OptionType ADDRESS = new OptionType(
            "an IP address and maybe a port, such as 10.0.0.5, 10.0.0.5:9100, [::1] or [::1]:9100",
            List.of(),
            OptionType::address);
    static final OptionType HOST_NAME =
            new OptionType("a host name", List.of(), text -> require(Addresses.isName(text), text));
    static final OptionType FILE = text("the name of a file", 4096);

    private static final Pattern ADDRESS_SYNTAX = Pattern.compile("(?:\\[(.*)]|([^:]*))(?::([0-9]{1,5}))?");
    private static final Pattern BYTES_SYNTAX =
            Pattern.compile("([0-9]{1,10})(?:([kmg])(?:ib)?)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern INTEGER_SYNTAX = Pattern.compile("-?[0-9]{1,9}");

    static OptionType choice(String... words) {
        return choice(List.of(words), text -> text);
    }

    private static OptionType choice(List<String> words, Function<String, Object> reader) {
        final int last = words.size() - 1;
        final String accepted = String.join(", ", words.subList(0, last)) + " or " + words.get(last);
        return new OptionType(accepted, words, text -> reader.apply(require(words.contains(text), text)));
    }

    /** Bytes as a long; k, m and g (or KiB, MiB, GiB) stand for powers of 1024. */
    static OptionType bytes(String least, String most) {
        final long min = size(least);
        final long max = size(most);
        final String accepted = "bytes from " + least + " to " + most + ", such as 65536, 64k or 1MiB";
        return new OptionType(accepted, List.of(), text -> {
            final long value = size(text);
            require(value >= min && value <= max, text);
            return value;
        });
    }

    static OptionType seconds(int min, int max) {
        final String accepted = "whole seconds from " + min + " to " + max;
        return new OptionType(accepted, List.of(), text -> {
            final int value =
                    Integer.parseInt(require(INTEGER_SYNTAX.matcher(text).matches(), text));
            require(value >= min && value <= max, text);
            return value;
        });
    }

    static OptionType text(String what, int maxBytes) {
        final String accepted = what + ", 1 to " + maxBytes + " bytes";
        return new OptionType(accepted, List.of(), text -> {
            final int length = text.getBytes(StandardCharsets.UTF_8).length;
            return require(length >= 1 && length <= maxBytes, text);
        });
    }

    private static long size(String text) {
        final Matcher matcher = BYTES_SYNTAX.matcher(text);
        require(matcher.matches(), text);
        final String unit = matcher.group(2) == null ? "" : matcher.group(2).toLowerCase(Locale.ROOT);
        final int shift =
                switch (unit) {
                    case "k" -> 10;
                    case "m" -> 20;
                    case "g" -> 30;
                    default -> 0;
                };
        return Long.parseLong(matcher.group(1)) << shift; // ten digits and 30 bits: no overflow
    }

    private static Object address(String text) {
        final Matcher matcher = ADDRESS_SYNTAX.matcher(text);
        require(matcher.matches(), text);
        final String ipv6 = matcher.group(1);
        final String host = ipv6 == null ? matcher.group(2) : ipv6;
        require(ipv6 == null ? Addresses.isIpv4(host) : Addresses.isIpv6(host), text);
        final int port = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
        require(port <= ConnectionString.MAX_PORT, text);
        return new HostPort(host, port);
    }

    private static String require(boolean isAccepted, String text) {
        if (!isAccepted) {
            throw new IllegalArgumentException();
        }
        return text;
    }
}
