package io.tautwire.transport.connection;

import static io.tautwire.transport.connection.Scheme.TCP;
import static io.tautwire.transport.connection.Scheme.TCPS;
import static io.tautwire.transport.connection.Scheme.UNIX;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Every option of a connection string, declared here and nowhere else: the parser, the builder, the messages and the
 * table of {@code docs/connection-strings.md} follow from it. The constant's name is the option's, in capitals.
 */
public enum ConnectionOption {
    /** Local address of the outgoing socket. */
    BIND(
            OptionType.ADDRESS,
            null,
            Shared.IP,
            Side.CLIENT,
            "local address of the outgoing socket; only addresses of its family are connected to"),
    /** SO_RCVBUF. */
    TCP_RCVBUF(Shared.BUFFER, null, Shared.ALL, Side.BOTH, "SO_RCVBUF; the system's default when not given"),
    /** SO_SNDBUF. */
    TCP_SNDBUF(Shared.BUFFER, null, Shared.ALL, Side.BOTH, "SO_SNDBUF; the system's default when not given"),
    /** TCP_NODELAY. */
    TCP_NODELAY(
            OptionType.BOOLEAN,
            "true",
            Shared.IP,
            Side.BOTH,
            "TCP_NODELAY: small writes leave at once. Differs on purpose from AMPS, where it is off by default"),
    /** SO_LINGER. */
    TCP_LINGER(
            OptionType.seconds(-1, 65_535),
            "10",
            Shared.IP,
            Side.BOTH,
            "SO_LINGER: how long closing waits for unsent bytes, on a thread of its own; 0 resets the connection, -1"
                    + " turns it off"),
    /** SO_KEEPALIVE. */
    TCP_KEEPALIVE(OptionType.BOOLEAN, "true", Shared.IP, Side.BOTH, "SO_KEEPALIVE"),
    /** Preferred family of a name's addresses. */
    IP_PROTOCOL_PREFER(
            OptionType.choice("ipv4", "ipv6"),
            "ipv4",
            Shared.IP,
            Side.CLIENT,
            "family tried first when a name has addresses of both; no effect on literal addresses"),
    /** The socket file. */
    PATH(
            OptionType.text("the name of a socket file", 107),
            null,
            Shared.LOCAL,
            Side.BOTH,
            "the socket file; required. Host and port are accepted and ignored"),
    /** Bodies are delivered readable. */
    PRETTY(
            OptionType.BOOLEAN,
            "false",
            Shared.ALL,
            Side.CLIENT,
            "bodies are delivered readable, rendered by the server for this session only"),
    /** Bound on connecting. */
    CONNECT_TIMEOUT(
            OptionType.DURATION,
            "5s",
            Shared.ALL,
            Side.CLIENT,
            "longest time to connect to one host before the next is tried"),
    /** Bound on the logon. */
    LOGON_TIMEOUT(OptionType.DURATION, "5s", Shared.ALL, Side.CLIENT, "longest time from connected to logged on"),
    /** Whether a lost session comes back. */
    RECONNECT(
            OptionType.BOOLEAN,
            "true",
            Shared.ALL,
            Side.CLIENT,
            "a session that is lost is made again by itself, and subscriptions and publishing go on"),
    /** Heartbeat interval. */
    HEARTBEAT(
            OptionType.DURATION,
            null,
            Shared.ALL,
            Side.CLIENT,
            "a side that sent nothing for so long sends a heartbeat, and one that heard nothing for twice as long takes"
                    + " the other for dead; the server takes it within 400ms to 60s, and says 5s itself"),
    /** The system's mechanism. */
    IO(
            OptionType.IO,
            "auto",
            Shared.ALL,
            Side.BOTH,
            "what carries the bytes; auto takes the best available, another one that is missing says why"),
    /** Longest frame. */
    MAX_FRAME(
            OptionType.bytes("16k", "1g"),
            "1MiB",
            Shared.ALL,
            Side.BOTH,
            "longest frame accepted; a longer one is refused before memory is taken"),
    /** Client name. */
    NAME(
            OptionType.text("a client name", 255),
            null,
            Shared.ALL,
            Side.CLIENT,
            "client name, when the program gives none"),
    /** Publish store. */
    STORE(
            OptionType.text("memory or the name of a directory", 4096),
            "memory",
            Shared.ALL,
            Side.CLIENT,
            "where unacknowledged messages are kept, when the program does not say: in memory, or in files of that"
                    + " directory"),
    /** Size of the publish store. */
    STORE_SIZE(
            OptionType.bytes("64k", "1024g"),
            "64MiB",
            Shared.ALL,
            Side.CLIENT,
            "bound of the publish store, when the program gives none"),
    /** Whether the publish store's files are forced. */
    STORE_SYNC(
            OptionType.BOOLEAN,
            "false",
            Shared.ALL,
            Side.CLIENT,
            "publishing waits until the store's files are on disk, so that messages survive the crash of the machine;"
                    + " goes with a store in files"),
    /** Trusted authorities. */
    TLS_CA(
            OptionType.FILE,
            null,
            Shared.TLS,
            Side.BOTH,
            "PEM file of the authorities to trust, instead of the system's; at a listener, those of clients, and goes"
                    + " with tls_client_auth"),
    /** Own certificate. */
    TLS_CERT(
            OptionType.FILE,
            null,
            Shared.TLS,
            Side.BOTH,
            "PEM file of the own certificate chain; required at a listener, and with tls_key"),
    /** Own key. */
    TLS_KEY(
            OptionType.FILE,
            null,
            Shared.TLS,
            Side.BOTH,
            "PEM file (PKCS#8) of the own key; required at a listener, and with tls_cert"),
    /** Name asked for and verified. */
    TLS_SERVER_NAME(
            OptionType.HOST_NAME,
            null,
            Shared.TLS,
            Side.CLIENT,
            "name to ask for and to verify instead of the host; verification cannot be turned off"),
    /** TLS implementation. */
    TLS_PROVIDER(
            OptionType.choice("auto", "openssl", "jdk"),
            "auto",
            Shared.TLS,
            Side.BOTH,
            "TLS implementation; auto takes openssl where present, else jdk"),
    /** Whether clients show a certificate. */
    TLS_CLIENT_AUTH(
            OptionType.choice("none", "optional", "required"),
            "none",
            Shared.TLS,
            Side.LISTENER,
            "whether clients must show a certificate");

    private final String optionName = name().toLowerCase(Locale.ROOT);
    private final OptionType type;
    private final String defaultText;
    private final Object defaultValue;
    private final Set<Scheme> schemes;
    private final Side side;
    private final String meaning;

    ConnectionOption(OptionType type, String defaultText, Set<Scheme> schemes, Side side, String meaning) {
        this.type = type;
        this.defaultText = defaultText;
        this.defaultValue = defaultText == null ? null : type.reader().apply(defaultText);
        this.schemes = schemes;
        this.side = side;
        this.meaning = meaning;
    }

    /** The name in connection strings, in the builder and in the documentation. */
    public String optionName() {
        return optionName;
    }

    /** Which values are accepted, in prose. */
    public String accepted() {
        return type.accepted();
    }

    /** The value that holds when the string gives none, as one would write it; null where there is no such value. */
    public String defaultText() {
        return defaultText;
    }

    /** The schemes it applies to; immutable. */
    public Set<Scheme> schemes() {
        return schemes;
    }

    /** Whose strings it may stand in. */
    public Side side() {
        return side;
    }

    /** What it does, in one sentence. */
    public String meaning() {
        return meaning;
    }

    OptionType type() {
        return type;
    }

    Object defaultValue() {
        return defaultValue;
    }

    boolean appliesTo(Scheme scheme, Side where) {
        return schemes.contains(scheme) && side.includes(where);
    }

    static ConnectionOption of(String optionName) {
        for (final ConnectionOption option : values()) {
            if (option.optionName().equals(optionName)) {
                return option;
            }
        }
        return null;
    }

    /** Names of the options that may stand in such a string, in the order of declaration. */
    static List<String> names(Scheme scheme, Side where) {
        final List<String> names = new ArrayList<>();
        for (final ConnectionOption option : values()) {
            if (scheme == null || option.appliesTo(scheme, where)) {
                names.add(option.optionName());
            }
        }
        return names;
    }

    /** What several declarations share; a class of its own because an enum's constants come before its fields. */
    private static final class Shared {
        static final Set<Scheme> ALL = schemes(TCP, TCPS, UNIX);
        static final Set<Scheme> IP = schemes(TCP, TCPS);
        static final Set<Scheme> TLS = schemes(TCPS);
        static final Set<Scheme> LOCAL = schemes(UNIX);
        static final OptionType BUFFER = OptionType.bytes("1k", "1g");

        private static Set<Scheme> schemes(Scheme first, Scheme... more) {
            return Collections.unmodifiableSet(EnumSet.of(first, more)); // keeps the order, unlike Set.of
        }
    }
}
