package io.tautwire.transport.connection;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What of a string that did not parse may be shown. In a malformed string nobody knows where the password is, so this
 * shows only what cannot well be a part of one, and hides the whole string but its scheme where a separator is missing,
 * doubled or misplaced. Then no fault may quote any piece of the string either: {@link #quote} sees to it.
 */
final class Mask {
    static final String HIDDEN = "***";

    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]{0,7}://)(.*)", Pattern.DOTALL);
    private static final Pattern HOSTS = hosts();
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9._-]+");
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9._~,/%+-]*");
    private static final Pattern PRINTABLE = Pattern.compile("[!-~&&[^@]]{0,120}");
    private static final Pattern OPTION_NAME = Pattern.compile("[a-z][a-z0-9_-]{0,31}");

    private final String masked;
    private final boolean isTrusted;

    private Mask(String masked, boolean isTrusted) {
        this.masked = masked;
        this.isTrusted = isTrusted;
    }

    private static Pattern hosts() {
        final String bracketed = "\\[[0-9A-Fa-f:.]*(?:%[A-Za-z0-9._-]*)?]?";
        final String host = "(?:" + bracketed + "|[A-Za-z0-9._-]*)(?::-?[0-9]{1,5})?";
        return Pattern.compile(host + "(?:," + host + ")*");
    }

    static Mask of(String uri) {
        final Matcher matcher = SCHEME.matcher(uri);
        if (!matcher.matches()) {
            return new Mask(uri.isEmpty() ? "" : HIDDEN, false);
        }
        final UriParts parts = UriParts.of(matcher.group(2));
        final boolean isTrusted = !parts.hasFragment()
                && !parts.hasStrayAt()
                && HOSTS.matcher(parts.hosts()).matches()
                && PATH.matcher(parts.path()).matches();
        if (!isTrusted) {
            return new Mask(matcher.group(1) + HIDDEN, false);
        }
        return new Mask(matcher.group(1) + userInfo(parts) + parts.hosts() + parts.path() + query(parts.query()), true);
    }

    /** A user without a password may be a token, so it is shown only beside one. */
    static String userInfo(String encodedUser, boolean hasPassword) {
        final boolean isShown = hasPassword && USER.matcher(encodedUser).matches();
        return (isShown ? encodedUser + ":" : "") + HIDDEN + "@";
    }

    private static String userInfo(UriParts parts) {
        if (parts.userInfo() == null) {
            return "";
        }
        final int colon = parts.userInfo().indexOf(':');
        final boolean hasPassword = colon >= 0 && colon + 1 < parts.userInfo().length();
        return userInfo(hasPassword ? parts.userInfo().substring(0, colon) : "", hasPassword);
    }

    private static String query(String query) {
        if (query == null) {
            return "";
        }
        final StringBuilder shown = new StringBuilder();
        for (final String part : query.split("&", -1)) {
            shown.append(shown.length() == 0 ? '?' : '&');
            final int equals = part.indexOf('=');
            final String name = equals < 0 ? part : part.substring(0, equals);
            shown.append(isOptionName(name) ? name : HIDDEN);
            if (equals >= 0) {
                final String value = part.substring(equals + 1);
                final boolean isShown = ConnectionOption.of(name) != null && isPrintable(value);
                shown.append('=').append(isShown ? value : HIDDEN);
            }
        }
        return shown.toString();
    }

    /** The string as it may be shown, on one line. */
    String masked() {
        return masked;
    }

    /** The piece as a fault may quote it. */
    String quote(String piece) {
        return isTrusted && isPrintable(piece) ? piece : HIDDEN;
    }

    /** The name of an unknown option as a fault may quote it. */
    String quoteName(String name) {
        return isTrusted && isOptionName(name) ? name : HIDDEN;
    }

    /** Names look alike, so that what does not look like one is more likely a piece of a password. */
    private static boolean isOptionName(String name) {
        return name.isEmpty()
                || OPTION_NAME.matcher(name).matches()
                || NearMiss.of(name, ConnectionOption.names(null, Side.BOTH)) != null && isPrintable(name);
    }

    private static boolean isPrintable(String text) {
        return PRINTABLE.matcher(text).matches();
    }
}
