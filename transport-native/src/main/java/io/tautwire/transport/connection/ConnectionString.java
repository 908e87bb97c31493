package io.tautwire.transport.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where and how to connect or to listen:
 * {@code scheme://[user[:password]@]host[:port][,host[:port]...][/[protocol[/message-type]]][?option=value&...]}.
 *
 * <p>Immutable and safe for any thread. {@link #toString()} masks the password, and the user where there is no
 * password, because it may be a token. See {@code docs/connection-strings.md}.
 */
public final class ConnectionString {
    /** The port when a string gives none. */
    public static final int DEFAULT_PORT = 9007;
    /** The protocol word, which holds when a string gives none. */
    public static final String PROTOCOL = "tautwire";

    static final int MAX_PORT = 65_535;

    static final String MEMORY_STORE = "memory";

    private final ConnectionParts parts;

    ConnectionString(ConnectionParts parts) {
        this.parts = parts;
    }

    /**
     * Reads the string that a client connects with.
     *
     * @throws ConnectionStringException naming every fault at once.
     */
    public static ConnectionString parse(String uri) {
        return ConnectionStringParser.parse(uri, Side.CLIENT);
    }

    /**
     * Reads the string that a server listens at: port 0 stands for any free one, several message types may be listed,
     * and there is one host and no user.
     *
     * @throws ConnectionStringException naming every fault at once.
     */
    public static ConnectionString parseListener(String uri) {
        return ConnectionStringParser.parse(uri, Side.LISTENER);
    }

    /** Builds a string from its parts, which need no percent-encoding there. */
    public static ConnectionStringBuilder builder(Scheme scheme) {
        return new ConnectionStringBuilder(scheme);
    }

    /**
     * Checks that this version can do all that the string asks for. Called before connecting and before listening.
     *
     * @throws ConnectionStringException naming the protocol that it cannot.
     */
    public void requireSupported() {
        final List<String> faults = new ArrayList<>();
        if (!parts.protocol().equals(PROTOCOL)) {
            faults.add("protocol=" + parts.protocol() + " is not supported: write /" + PROTOCOL
                    + " or leave the protocol out");
        }
        if (!faults.isEmpty()) {
            throw new ConnectionStringException(toString(), faults);
        }
    }

    /** How the bytes travel. */
    public Scheme scheme() {
        return parts.scheme();
    }

    /** {@link Side#CLIENT} or {@link Side#LISTENER}: which of the two it was read for. */
    public Side side() {
        return parts.side();
    }

    /** The hosts in the order to try them; immutable. Empty, or without effect, for {@link Scheme#UNIX}. */
    public List<HostPort> hosts() {
        return parts.hosts();
    }

    /** The user, or empty for none. May be a token: keep it out of messages where there is no password. */
    public String user() {
        return parts.user();
    }

    /** The password, or empty for none. Keep it out of messages and logs. */
    public String password() {
        return parts.password();
    }

    /** The protocol word; {@link #PROTOCOL} when the string gives none. */
    public String protocol() {
        return parts.protocol();
    }

    /** The message types: at most one in a client's string. Immutable; empty when the string gives none. */
    public List<String> messageTypes() {
        return parts.messageTypes();
    }

    /** The client's message type, or empty when the string gives none. */
    public String messageType() {
        return parts.messageTypes().isEmpty() ? "" : parts.messageTypes().get(0);
    }

    /** Whether the string itself gives the option. */
    public boolean isGiven(ConnectionOption option) {
        return parts.options().containsKey(option);
    }

    /** The option's text, given or default, decoded; null where there is neither. */
    public String option(ConnectionOption option) {
        return parts.options().getOrDefault(option, option.defaultText());
    }

    /** Option {@code tcp_nodelay}: whether small writes leave at once. */
    public boolean tcpNoDelay() {
        return (Boolean) value(ConnectionOption.TCP_NODELAY);
    }

    /** Option {@code bind}: the local address of the outgoing socket, port 0 for any; null when not given. */
    public HostPort bind() {
        return (HostPort) value(ConnectionOption.BIND);
    }

    /** Option {@code tcp_rcvbuf}, bytes; 0 when not given, which leaves it to the system. */
    public int tcpRcvbuf() {
        return bytesOrZero(ConnectionOption.TCP_RCVBUF);
    }

    /** Option {@code tcp_sndbuf}, bytes; 0 when not given, which leaves it to the system. */
    public int tcpSndbuf() {
        return bytesOrZero(ConnectionOption.TCP_SNDBUF);
    }

    /** Option {@code tcp_linger}, seconds; 0 resets the connection, -1 means that closing waits for nothing. */
    public int tcpLinger() {
        return (Integer) value(ConnectionOption.TCP_LINGER);
    }

    /** Option {@code tcp_keepalive}: whether the system probes a silent connection. */
    public boolean tcpKeepalive() {
        return (Boolean) value(ConnectionOption.TCP_KEEPALIVE);
    }

    /** Option {@code ip_protocol_prefer}: whether IPv6 addresses of a name are tried first, rather than IPv4 ones. */
    public boolean prefersIpv6() {
        return option(ConnectionOption.IP_PROTOCOL_PREFER).equals("ipv6");
    }

    /** Option {@code connect_timeout}, nanoseconds. */
    public long connectTimeoutNs() {
        return (Long) value(ConnectionOption.CONNECT_TIMEOUT);
    }

    /** Option {@code logon_timeout}, nanoseconds. */
    public long logonTimeoutNs() {
        return (Long) value(ConnectionOption.LOGON_TIMEOUT);
    }

    /** Option {@code reconnect}: whether a session that is lost is made again. */
    public boolean reconnect() {
        return (Boolean) value(ConnectionOption.RECONNECT);
    }

    /** Option {@code heartbeat}, milliseconds; 0 when not given, which leaves it to the server. */
    public int heartbeatMs() {
        final Object given = value(ConnectionOption.HEARTBEAT);
        return given == null ? 0 : (int) ((Long) given / 1_000_000);
    }

    /** Option {@code io}. */
    public Io io() {
        return (Io) value(ConnectionOption.IO);
    }

    /** Option {@code max_frame}, bytes. */
    public int maxFrame() {
        return (int) (long) (Long) value(ConnectionOption.MAX_FRAME);
    }

    /** Option {@code pretty}: whether bodies shall be delivered readable. */
    public boolean pretty() {
        return (Boolean) value(ConnectionOption.PRETTY);
    }

    /** Option {@code path}: the socket file; null unless the scheme is {@link Scheme#UNIX}. */
    public String path() {
        return option(ConnectionOption.PATH);
    }

    /** Option {@code name}: the client name, or null when the string gives none. */
    public String name() {
        return option(ConnectionOption.NAME);
    }

    /** Option {@code store}: the directory of the publish store's files, or null when it is in memory. */
    public String storeDirectory() {
        final String store = option(ConnectionOption.STORE);
        return store.equals(MEMORY_STORE) ? null : store;
    }

    /** Option {@code store_sync}: whether publishing waits until the store's files are on disk. */
    public boolean storeSync() {
        return (Boolean) value(ConnectionOption.STORE_SYNC);
    }

    /** Option {@code store_size}: bound of the publish store, bytes. */
    public long storeSize() {
        return (Long) value(ConnectionOption.STORE_SIZE);
    }

    private int bytesOrZero(ConnectionOption option) {
        final Object bytes = value(option);
        return bytes == null ? 0 : (int) (long) (Long) bytes;
    }

    private Object value(ConnectionOption option) {
        final String given = parts.options().get(option);
        return given == null ? option.defaultValue() : option.type().reader().apply(given);
    }

    /**
     * The same with another port at every host: a listener's string with the port it got.
     *
     * @param port 0 to 65535.
     */
    public ConnectionString withPort(int port) {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("port=" + port + " is out of range: accepted is 0 to " + MAX_PORT);
        }
        final List<HostPort> hosts = parts.hosts().stream()
                .map(at -> new HostPort(at.host(), port))
                .collect(Collectors.toUnmodifiableList());
        return new ConnectionString(parts.withHosts(hosts));
    }

    /** The same with {@code reconnect=false}. */
    public ConnectionString withoutReconnecting() {
        return new ConnectionString(parts.with(ConnectionOption.RECONNECT, "false"));
    }

    /** The same for each host alone, in their order; this one for Unix sockets. */
    public List<ConnectionString> eachHost() {
        return parts.scheme() == Scheme.UNIX
                ? List.of(this)
                : parts.hosts().stream()
                        .map(at -> new ConnectionString(parts.withHosts(List.of(at))))
                        .toList();
    }

    /** Equal when they say the same, defaults and order of options aside. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ConnectionString && parts.equals(((ConnectionString) other).parts);
    }

    @Override
    public int hashCode() {
        return parts.hashCode();
    }

    /** The string with its secrets masked; what {@link #parse} reads again where there are none. */
    @Override
    public String toString() {
        return parts.masked();
    }
}
