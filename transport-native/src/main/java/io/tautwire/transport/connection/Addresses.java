package io.tautwire.transport.connection;

import java.util.regex.Pattern;

/** Syntax of hosts. Nothing is looked up: the Java runtime's own parsers ask a name server about the unknown. */
final class Addresses {
    private static final int MAX_NAME_LENGTH = 253;
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?");
    private static final Pattern NUMERIC = Pattern.compile("[0-9.]*[0-9]");
    private static final Pattern GROUP = Pattern.compile("[0-9A-Fa-f]{1,4}");
    private static final Pattern ZONE = Pattern.compile("[A-Za-z0-9._-]{1,32}");
    private static final Pattern BYTE = Pattern.compile("0|[1-9][0-9]{0,2}");

    private Addresses() {}

    /** A name or an IPv4 literal. Digits and dots alone must be an address, so that a slip in one is not looked up. */
    static boolean isHost(String text) {
        return NUMERIC.matcher(text).matches() ? isIpv4(text) : isName(text);
    }

    static boolean isName(String text) {
        final String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        if (name.isEmpty() || name.length() > MAX_NAME_LENGTH) {
            return false;
        }
        for (final String label : name.split("\\.", -1)) {
            if (!LABEL.matcher(label).matches()) {
                return false;
            }
        }
        return true;
    }

    static boolean isIpv4(String text) {
        final String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        for (final String part : parts) {
            if (!BYTE.matcher(part).matches() || Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }

    /** An IPv6 literal without brackets, an IPv4 tail and a zone after {@code %} allowed (RFC 4291, RFC 4007). */
    static boolean isIpv6(String text) {
        final int percent = text.indexOf('%');
        if (percent >= 0) {
            return ZONE.matcher(text.substring(percent + 1)).matches() && isIpv6(text.substring(0, percent));
        }
        final int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text, true) == 8;
        }
        final String before = text.substring(0, gap);
        final String after = text.substring(gap + 2);
        final int first = before.isEmpty() ? 0 : groups(before, false);
        final int last = after.isEmpty() ? 0 : groups(after, true);
        return first >= 0 && last >= 0 && first + last <= 7;
    }

    /** Number of 16-bit groups, or -1 where one is bad. */
    private static int groups(String text, boolean mayEndInIpv4) {
        final String[] parts = text.split(":", -1);
        int count = 0;
        for (int i = 0; i < parts.length; i++) {
            if (GROUP.matcher(parts[i]).matches()) {
                count++;
            } else if (mayEndInIpv4 && i == parts.length - 1 && isIpv4(parts[i])) {
                count += 2;
            } else {
                return -1;
            }
        }
        return count;
    }
}
