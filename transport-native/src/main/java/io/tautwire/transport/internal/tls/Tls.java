package io.tautwire.transport.internal.tls;

import io.netty.buffer.PoolArenaMetric;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.util.ReferenceCountUtil;
import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import io.tautwire.transport.connection.ConnectionOption;
import io.tautwire.transport.connection.ConnectionString;
import io.tautwire.transport.connection.HostPort;
import io.tautwire.transport.connection.Side;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;

/**
 * TLS as one connection string asks for it. Made by the thread that connects or listens, because files are read; then
 * used on one loop's thread, and released when no handshake is to begin any more.
 *
 * <p>Nothing here can turn verification off. Certificates are verified anew on every connection: a client makes one of
 * these per connect, so no session is ever resumed.
 */
public final class Tls {
    /** Bound on a handshake at a listener, 10 seconds. */
    public static final long SERVER_HANDSHAKE_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(10);

    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

    /** Those with forward secrecy and authenticated encryption, the fastest first. */
    private static final List<String> CIPHER_SUITES = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    /** Pooled: TLS takes and gives back a buffer for every record. */
    private static final PooledByteBufAllocator ALLOCATOR = new PooledByteBufAllocator(true);

    private static final int MIN_READ = 1024;
    private static final int FIRST_READ = 8 * 1024;
    private static final int MAX_READ = 32 * 1024;

    /** Reads before others have their turn: with the longest, 256 KiB. */
    private static final int READS_PER_BATCH = 8;

    private final SslContext context;
    private final HandshakeFailure failures;
    private final String serverName;
    private final boolean isClient;

    private Tls(SslContext context, HandshakeFailure failures, String serverName, boolean isClient) {
        this.context = context;
        this.failures = failures;
        this.serverName = serverName;
        this.isClient = isClient;
    }

    /**
     * Reads the files that a string names.
     *
     * @throws TautwireException CONFIGURATION_INVALID naming option, file and remedy; IO_UNAVAILABLE if the provider
     *                           asked for is missing, with the reason.
     */
    public static Tls of(ConnectionString options) {
        final SslProvider provider = provider(options.option(ConnectionOption.TLS_PROVIDER));
        final Identity identity = Identity.of(options);
        final boolean isClient = options.side() != Side.LISTENER;
        final String serverName = options.option(ConnectionOption.TLS_SERVER_NAME);
        try {
            final SslContextBuilder builder = (isClient
                            ? client(options, identity, serverName)
                            : server(options, identity))
                    .sslProvider(provider)
                    .protocols(VERSIONS)
                    .ciphers(CIPHER_SUITES, SupportedCipherSuiteFilter.INSTANCE);
            return new Tls(builder.build(), new HandshakeFailure(isClient, identity != null), serverName, isClient);
        } catch (SSLException e) {
            throw new TautwireException(
                    Code.CONFIGURATION_INVALID,
                    "TLS cannot be set up with tls_provider=" + name(provider) + ": " + e.getMessage()
                            + "; look at the files that tls_cert, tls_key and tls_ca name",
                    e);
        }
    }

    private static SslContextBuilder client(ConnectionString options, Identity identity, String serverName) {
        final SslContextBuilder builder =
                SslContextBuilder.forClient().trustManager(Trust.of(options)).endpointIdentificationAlgorithm("HTTPS");
        if (identity != null) {
            builder.keyManager(new OnlyIdentity(identity));
        }
        if (serverName != null) {
            builder.serverName(new SNIHostName(withoutDot(serverName)));
        }
        return builder;
    }

    private static SslContextBuilder server(ConnectionString options, Identity identity) {
        final SslContextBuilder builder = SslContextBuilder.forServer(identity.key(), identity.chain());
        final String clientAuth = options.option(ConnectionOption.TLS_CLIENT_AUTH);
        if (!clientAuth.equals("none")) {
            builder.clientAuth(clientAuth.equals("required") ? ClientAuth.REQUIRE : ClientAuth.OPTIONAL)
                    .trustManager(Trust.of(options));
        }
        return builder;
    }

    private static SslProvider provider(String word) {
        if (word.equals("jdk") || word.equals("auto") && !OpenSsl.isAvailable()) {
            return SslProvider.JDK;
        }
        if (!OpenSsl.isAvailable()) {
            throw new TautwireException(
                    Code.IO_UNAVAILABLE,
                    "tls_provider=" + word + " is not available here: " + unavailability()
                            + "; use tls_provider=auto or tls_provider=jdk",
                    OpenSsl.unavailabilityCause());
        }
        return SslProvider.OPENSSL_REFCNT;
    }

    /** Why BoringSSL cannot be used here, in words; null when it can. */
    public static String unavailability() {
        Throwable cause = OpenSsl.unavailabilityCause();
        if (cause == null) {
            return null;
        }
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    /** The provider in use, in the connection string's word. */
    public String provider() {
        return name(context instanceof JdkSslContext ? SslProvider.JDK : SslProvider.OPENSSL);
    }

    private static String name(SslProvider provider) {
        return provider == SslProvider.JDK ? SslProvider.JDK.name().toLowerCase(Locale.ROOT) : "openssl";
    }

    /**
     * Puts TLS into an empty pipeline, before the handler that it is for. On the loop's thread.
     *
     * @param host  that a client connects to, whose name is verified unless {@code tls_server_name} says another; null
     *              at a server.
     * @param tasks runs what a provider wants off the loop: key agreement, signatures, verification.
     */
    public void install(Channel channel, HostPort host, Executor tasks, TlsEvents events) {
        final SslHandler handler = host == null
                ? context.newHandler(ALLOCATOR, tasks)
                : context.newHandler(ALLOCATOR, nameToVerify(host), host.port(), tasks);
        // A client's handshake is bounded by its connect_timeout.
        handler.setHandshakeTimeoutMillis(isClient ? 0 : TimeUnit.NANOSECONDS.toMillis(SERVER_HANDSHAKE_TIMEOUT_NS));
        // A write goes out as it is, not gathered and copied: there is one at a time.
        handler.setWrapDataSize(0);
        channel.config().setAllocator(ALLOCATOR);
        channel.config().setRecvByteBufAllocator(reads());
        final OrderlyClose socket = new OrderlyClose();
        channel.pipeline().addLast(socket, handler, new HandshakeGate(socket, handler, failures, events));
    }

    private static RecvByteBufAllocator reads() {
        return new AdaptiveRecvByteBufAllocator(MIN_READ, FIRST_READ, MAX_READ).maxMessagesPerRead(READS_PER_BATCH);
    }

    /** As certificates have it: without the zone of an IPv6 address, and without the dot that ends a full name. */
    private String nameToVerify(HostPort host) {
        if (serverName != null) {
            return withoutDot(serverName);
        }
        final int zone = host.host().indexOf('%');
        return zone < 0 ? withoutDot(host.host()) : host.host().substring(0, zone);
    }

    private static String withoutDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    /**
     * Buffers that were taken and not given back, by all connections of this process; a loop's thread gives back those
     * that it keeps at hand when it ends.
     */
    public static long buffersInUse() {
        return Stream.concat(ALLOCATOR.metric().directArenas().stream(), ALLOCATOR.metric().heapArenas().stream())
                .mapToLong(PoolArenaMetric::numActiveAllocations)
                .sum();
    }

    /** No handshake begins any more; those under way and what has been secured go on. */
    public void release() {
        ReferenceCountUtil.release(context);
    }
}
