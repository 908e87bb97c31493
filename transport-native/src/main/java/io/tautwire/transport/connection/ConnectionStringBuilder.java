package io.tautwire.transport.connection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Builds a {@link ConnectionString} from parts, without percent-encoding. Options have the names they have in the
 * string. What is wrong is said at the end, all at once. For one thread.
 */
public final class ConnectionStringBuilder {
    private final Scheme scheme;
    private String user;
    private String password;
    private String protocol = "";
    private final List<String> hosts = new ArrayList<>();
    private final List<String> messageTypes = new ArrayList<>();
    private final Map<String, String> options = new LinkedHashMap<>();

    ConnectionStringBuilder(Scheme scheme) {
        this.scheme = Objects.requireNonNull(scheme, "scheme");
    }

    /** Adds a host with the default port: a name, or an address with or without brackets. */
    public ConnectionStringBuilder host(String host) {
        hosts.add(encodedHost(host));
        return this;
    }

    /** Adds a host: a name, or an address with or without brackets. */
    public ConnectionStringBuilder host(String host, int port) {
        hosts.add(encodedHost(host) + ":" + port);
        return this;
    }

    /** Sets the user. */
    public ConnectionStringBuilder user(String user) {
        this.user = user;
        return this;
    }

    /** Sets the password. */
    public ConnectionStringBuilder password(String password) {
        this.password = password;
        return this;
    }

    /** Sets the protocol word. */
    public ConnectionStringBuilder protocol(String protocol) {
        this.protocol = protocol;
        return this;
    }

    /** Adds a message type: one for a client, any number for a listener. */
    public ConnectionStringBuilder messageType(String messageType) {
        messageTypes.add(messageType);
        return this;
    }

    /** Sets an option to the text that would stand in the string, replacing what was set before. */
    public ConnectionStringBuilder option(ConnectionOption option, String value) {
        options.put(option.optionName(), Objects.requireNonNull(value, "value"));
        return this;
    }

    /** Sets an option that takes true or false. */
    public ConnectionStringBuilder option(ConnectionOption option, boolean value) {
        return option(option, Boolean.toString(value));
    }

    /** Sets an option that takes bytes or seconds. */
    public ConnectionStringBuilder option(ConnectionOption option, long value) {
        return option(option, Long.toString(value));
    }

    /** Sets an option that takes a duration, which is cut to whole milliseconds. */
    public ConnectionStringBuilder option(ConnectionOption option, Duration value) {
        return option(option, value.toMillis() + "ms");
    }

    /**
     * The string a client connects with.
     *
     * @throws ConnectionStringException naming every fault at once.
     */
    public ConnectionString build() {
        return ConnectionString.parse(text());
    }

    /**
     * The string a server listens at.
     *
     * @throws ConnectionStringException naming every fault at once.
     */
    public ConnectionString buildListener() {
        return ConnectionString.parseListener(text());
    }

    /** Names what is built, never its secrets. */
    @Override
    public String toString() {
        return Mask.of(text()).masked();
    }

    private String text() {
        final StringBuilder text = new StringBuilder(scheme.word()).append("://");
        if (user != null || password != null) {
            text.append(user == null ? "" : PercentCoding.encodeWord(user));
            text.append(password == null ? "" : ":" + PercentCoding.encodeWord(password));
            text.append('@');
        }
        text.append(String.join(",", hosts)).append('/').append(PercentCoding.encodeWord(protocol));
        if (!messageTypes.isEmpty()) {
            text.append(protocol.isEmpty() ? ConnectionString.PROTOCOL : "").append('/');
            text.append(messageTypes.stream().map(PercentCoding::encodeWord).collect(Collectors.joining(",")));
        }
        char separator = '?';
        for (final Map.Entry<String, String> option : options.entrySet()) {
            text.append(separator).append(option.getKey()).append('=').append(PercentCoding.encode(option.getValue()));
            separator = '&';
        }
        return text.toString();
    }

    /** Encodes what no host may hold: so it cannot become another part of the string, and the parser refuses it. */
    private static String encodedHost(String host) {
        final boolean isBare = host.indexOf(':') >= 0 && !host.startsWith("[");
        final String inside = host.replaceAll("^\\[|]$", "");
        return isBare || host.startsWith("[")
                ? "[" + PercentCoding.encode(inside).replace("/", "%2F").replace(",", "%2C") + "]"
                : PercentCoding.encodeWord(host);
    }
}
