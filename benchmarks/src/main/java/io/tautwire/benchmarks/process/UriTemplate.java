package io.tautwire.benchmarks.process;

import io.tautwire.transport.connection.ConnectionOption;
import io.tautwire.transport.connection.Side;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A connection string as benchmarks take it: a client's, but with port 0, or without the socket file, where a server is
 * to be started for it. Its options go to the side, or sides, that they belong to. What is wrong with it the parser of
 * real connection strings says, later.
 */
public final class UriTemplate {
    private static final Pattern PARTS = Pattern.compile("([^:/?]+)://([^/?]*)([^?]*)(?:\\?(.*))?");
    private static final String ANY_PORT = ":0";
    private static final String UNIX = "unix";
    private static final String TLS = "tcps";
    private static final String PATH = "path";

    private final String scheme;
    private final String authority;
    private final String path;
    private final List<String> options;

    /**
     * Takes it apart.
     *
     * @throws IllegalArgumentException if it has no scheme.
     */
    public UriTemplate(String text) {
        final Matcher parts = PARTS.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "the connection string has no scheme: write for example tcp://127.0.0.1:0?io=nio");
        }
        scheme = parts.group(1);
        authority = parts.group(2);
        path = parts.group(3);
        final String query = parts.group(4);
        options = query == null || query.isEmpty() ? List.of() : Arrays.asList(query.split("&", -1));
    }

    /** Whether its bytes travel through a socket file. */
    public boolean isUnix() {
        return scheme.equals(UNIX);
    }

    /** Whether its bytes are enciphered. */
    boolean isTls() {
        return scheme.equals(TLS);
    }

    /** Whether a server is to be started for it; if not, it names one that runs. */
    public boolean wantsServer() {
        return isUnix()
                ? options.stream().noneMatch(option -> nameOf(option).equals(PATH))
                : authority.endsWith(ANY_PORT);
    }

    /**
     * What the server listens at.
     *
     * @param more options that the template does not have, with their values as they are.
     */
    String listener(Map<String, String> more) {
        return text(authority, Side.CLIENT, more);
    }

    /**
     * What clients connect to.
     *
     * @param port the port that the server got; without meaning for a socket file.
     * @param more as in {@link #listener}.
     */
    String client(int port, Map<String, String> more) {
        final String at = authority.endsWith(ANY_PORT)
                ? authority.substring(0, authority.length() - ANY_PORT.length()) + ":" + port
                : authority;
        return text(at, Side.LISTENER, more);
    }

    private String text(String at, Side notOf, Map<String, String> more) {
        final List<String> all = new ArrayList<>(options);
        all.removeIf(option -> sideOf(nameOf(option)) == notOf);
        more.forEach((name, value) -> all.add(name + "=" + encoded(value)));
        final String base = scheme + "://" + at + (path.isEmpty() ? "/" : path);
        return all.isEmpty() ? base : base + "?" + String.join("&", all);
    }

    private static Side sideOf(String name) {
        for (final ConnectionOption option : ConnectionOption.values()) {
            if (option.optionName().equals(name)) {
                return option.side();
            }
        }
        return Side.BOTH; // so that the parser has a word to say
    }

    private static String nameOf(String option) {
        final int end = option.indexOf('=');
        return end < 0 ? option : option.substring(0, end);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
