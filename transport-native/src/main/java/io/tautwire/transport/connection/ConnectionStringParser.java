package io.tautwire.transport.connection;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one connection string, and goes on after a fault to find the others. */
final class ConnectionStringParser {
    private static final int MAX_LENGTH = 8192;
    private static final int MAX_TYPE_LENGTH = 255;
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://(.*)", Pattern.DOTALL);
    private static final Pattern BROKEN_SCHEME = Pattern.compile("^(?:(?:tcps?|unix)(?::/?|//)|:?//)");
    private static final Pattern PROTOCOL = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,63}");
    private static final List<String> SCHEMES = List.of("tcp", "tcps", "unix");
    private static final String SYNTAX = "write tcp://host:port or unix:///?path=/file";

    private final Side side;
    private final Faults faults;
    private Scheme scheme;
    private String user = "";
    private String password = "";
    private String protocol = ConnectionString.PROTOCOL;
    private List<String> messageTypes = List.of();

    private ConnectionStringParser(Side side, Faults faults) {
        this.side = side;
        this.faults = faults;
    }

    static ConnectionString parse(String uri, Side side) {
        final String text = uri == null ? "" : uri;
        final boolean isTooLong = text.length() > MAX_LENGTH;
        final Faults faults = new Faults(Mask.of(isTooLong ? Mask.HIDDEN : text));
        if (text.isBlank()) {
            faults.add("the uri is empty: " + SYNTAX);
        } else if (isTooLong) {
            faults.add("length=" + text.length() + " is too long: accepted are " + MAX_LENGTH + " characters");
        }
        faults.throwIfAny();
        return new ConnectionStringParser(side, faults).parse(text);
    }

    private ConnectionString parse(String uri) {
        final UriParts parts = UriParts.of(afterScheme(uri));
        if (parts.hasFragment()) {
            faults.add("# has no meaning here: write %23 where it belongs to a user, password or value");
        }
        if (parts.hasStrayAt()) {
            faults.add(
                    "@ may stand only once, before the host: write %40 elsewhere; in a user or password also %2F for /"
                            + " and %3F for ?");
        }
        credentials(parts.userInfo());
        final List<HostPort> hosts = new HostParser(scheme, side, faults).parse(parts.hosts());
        if (side == Side.LISTENER && parts.hosts().indexOf(',') >= 0) {
            faults.add("several hosts: accepted is one in a listener's string; give each its own listener");
        }
        path(parts.path());
        final Map<ConnectionOption, String> options = new OptionParser(scheme, side, faults).parse(parts.query());
        faults.throwIfAny();
        return new ConnectionString(
                new ConnectionParts(scheme, side, user, password, List.copyOf(hosts), protocol, messageTypes, options));
    }

    private String afterScheme(String uri) {
        final Matcher matcher = SCHEME.matcher(uri);
        if (!matcher.matches()) {
            faults.add("the scheme is missing: " + SYNTAX);
            return BROKEN_SCHEME.matcher(uri).replaceFirst("");
        }
        final String word = matcher.group(1);
        scheme = Scheme.of(word);
        if (scheme == null) {
            final String quoted = faults.mask().quote(word);
            final String hint = quoted.equals(word) ? NearMiss.hint(word, SCHEMES) : "";
            faults.add("unknown scheme " + quoted + hint + ": accepted are " + String.join(", ", SCHEMES));
        }
        return matcher.group(2);
    }

    private void credentials(String userInfo) {
        if (userInfo == null) {
            return;
        }
        if (side == Side.LISTENER) {
            faults.add("user and password do not apply to a listener's string: accepted in a client's");
        }
        if (userInfo.isEmpty() || userInfo.equals(":")) {
            faults.add("the user is empty: write user:password@, or leave out the @");
        }
        final int colon = userInfo.indexOf(':');
        user = faults.decode("the user", colon < 0 ? userInfo : userInfo.substring(0, colon));
        password = faults.decode("the password", colon < 0 ? "" : userInfo.substring(colon + 1));
    }

    private void path(String path) {
        if (path.length() <= 1) {
            return;
        }
        final String[] words = path.substring(1).split("/", -1);
        if (words.length > 2) {
            faults.add(
                    "the part after the host has too many slashes: accepted is /protocol/message-type, with %2F for /");
            return;
        }
        protocol = faults.decode("the protocol", words[0]);
        if (protocol != null && !PROTOCOL.matcher(protocol).matches()) {
            faults.add(
                    "protocol=" + faults.mask().quote(words[0]) + " is no word: write /" + ConnectionString.PROTOCOL);
        }
        if (words.length == 2 && !words[1].isEmpty()) {
            messageTypes = messageTypes(words[1]);
        }
    }

    private List<String> messageTypes(String text) {
        final Set<String> types = new LinkedHashSet<>();
        for (final String word : text.split(",", -1)) {
            final String type = faults.decode("the message type", word);
            if (type == null) {
                continue;
            }
            if (type.isEmpty() || type.getBytes(StandardCharsets.UTF_8).length > MAX_TYPE_LENGTH) {
                faults.add("a message type is empty or too long: accepted are 1 to " + MAX_TYPE_LENGTH + " bytes each");
            } else if (!types.add(type)) {
                faults.add("message type " + faults.mask().quote(word) + " is repeated: accepted is each once");
            }
        }
        if (side == Side.CLIENT && text.indexOf(',') >= 0) {
            faults.add("several message types: accepted is one in a client's string, with %2C for a comma");
        }
        return List.copyOf(types);
    }
}
