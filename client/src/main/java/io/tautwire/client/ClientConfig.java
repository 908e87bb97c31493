package io.tautwire.client;

import io.tautwire.TautwireException;
import io.tautwire.client.internal.Waits;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.topic.ClientNames;
import io.tautwire.transport.connection.ConnectionString;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a {@link Client} is made with. Set what differs from the defaults, and give it to the constructor, which checks
 * all of it at once and copies it. What belongs to a connection stands in its connection string instead. For one
 * thread.
 */
public final class ClientConfig {
    /** Bound on the publish store unless configured or given by a connection string, 64 MiB. */
    public static final long DEFAULT_STORE_BYTES = 64L * 1024 * 1024;

    private final String name;
    private PublishStore store = PublishStore.memory(DEFAULT_STORE_BYTES);
    private boolean storeGiven;
    private int maxFrame = FrameDescriptor.DEFAULT_MAX_FRAME;
    private long windowBytes = StreamConfig.DEFAULT_WINDOW_BYTES;
    private FullPolicy fullPolicy = FullPolicy.WAIT;
    private Duration publishTimeout = Duration.ofSeconds(30);
    private Duration commandTimeout = Duration.ofSeconds(5);
    private boolean failOnPublishGap;
    private BookmarkStore bookmarkStore;
    private AckListener ackListener;
    private FailedPublishHandler failedPublishHandler;
    private MessageHandler lastChanceHandler;
    private ErrorHandler errorHandler;
    private SessionListener sessionListener;
    private ReconnectPolicy reconnectPolicy =
            ReconnectPolicy.exponential(Duration.ofMillis(200), Duration.ofSeconds(20));
    private ConnectionStateListener connectionStateListener;

    /**
     * A configuration with all defaults.
     *
     * @param name the client name: 1 to 255 bytes of UTF-8 without control characters.
     */
    public ClientConfig(String name) {
        this.name = name;
    }

    private ClientConfig(ClientConfig other) {
        name = other.name;
        store = other.store;
        storeGiven = other.storeGiven;
        maxFrame = other.maxFrame;
        windowBytes = other.windowBytes;
        fullPolicy = other.fullPolicy;
        publishTimeout = other.publishTimeout;
        commandTimeout = other.commandTimeout;
        failOnPublishGap = other.failOnPublishGap;
        bookmarkStore = other.bookmarkStore;
        ackListener = other.ackListener;
        failedPublishHandler = other.failedPublishHandler;
        lastChanceHandler = other.lastChanceHandler;
        errorHandler = other.errorHandler;
        sessionListener = other.sessionListener;
        reconnectPolicy = other.reconnectPolicy;
        connectionStateListener = other.connectionStateListener;
    }

    /**
     * Where what is published is kept until it has its outcome; in memory by default. Where it is given, the options
     * {@code store} and {@code store_size} of connection strings have no effect, which is logged.
     *
     * @param publishStore serves the client made with this, and no other.
     */
    public ClientConfig store(PublishStore publishStore) {
        store = publishStore;
        storeGiven = true;
        return this;
    }

    /** As {@link #store} with {@link PublishStore#memory}: bound in bytes, at least 64 KiB. */
    public ClientConfig storeBytes(long bytes) {
        return store(PublishStore.memory(bytes));
    }

    /** The store that a connection string describes, whose bound another one may change. */
    ClientConfig storeOf(ConnectionString target) {
        store = target.storeDirectory() == null
                ? PublishStore.memory(target.storeSize())
                : PublishStore.file(Path.of(target.storeDirectory()), target.storeSize())
                        .synced(target.storeSync());
        return this;
    }

    /** Longest frame that may be published, in bytes: body, topic, headers and about 60 bytes; 1 MiB by default. */
    public ClientConfig maxFrame(int bytes) {
        maxFrame = bytes;
        return this;
    }

    /** Most bytes of messages under way to one subscription with a handler; 1 MiB by default. */
    public ClientConfig windowBytes(long bytes) {
        windowBytes = bytes;
        return this;
    }

    /** What {@code publish} does while the store is full; waits by default. */
    public ClientConfig fullPolicy(FullPolicy policy) {
        fullPolicy = policy;
        return this;
    }

    /** How long {@code publish} waits while the store is full; 30 seconds by default. */
    public ClientConfig publishTimeout(Duration timeout) {
        publishTimeout = timeout;
        return this;
    }

    /** How long {@code subscribe} waits for the server's answer; 5 seconds by default. */
    public ClientConfig commandTimeout(Duration timeout) {
        commandTimeout = timeout;
        return this;
    }

    /**
     * Whether a logon fails with PUBLISH_GAP when the server lacks what it had acknowledged before, because it was
     * restarted, say. By default that is told to the error handler, and the logon succeeds.
     */
    public ClientConfig failOnPublishGap(boolean fail) {
        failOnPublishGap = fail;
        return this;
    }

    /**
     * Where subscriptions with a name are remembered; none by default. It stays the caller's, to be closed after the
     * client, and may serve several.
     */
    public ClientConfig bookmarkStore(BookmarkStore store) {
        bookmarkStore = store;
        return this;
    }

    /** As {@link Client#ackListener}. */
    public ClientConfig ackListener(AckListener listener) {
        ackListener = listener;
        return this;
    }

    /** As {@link Client#failedPublishHandler}. */
    public ClientConfig failedPublishHandler(FailedPublishHandler handler) {
        failedPublishHandler = handler;
        return this;
    }

    /** As {@link Client#lastChanceHandler}. */
    public ClientConfig lastChanceHandler(MessageHandler handler) {
        lastChanceHandler = handler;
        return this;
    }

    /** As {@link Client#errorHandler}. */
    public ClientConfig errorHandler(ErrorHandler handler) {
        errorHandler = handler;
        return this;
    }

    /** As {@link Client#sessionListener}. */
    public ClientConfig sessionListener(SessionListener listener) {
        sessionListener = listener;
        return this;
    }

    /**
     * When to try again after a session was lost; any time up to 200 ms, doubling to 20 s, by default. The connection
     * string's {@code reconnect=false} turns it off.
     */
    public ClientConfig reconnectPolicy(ReconnectPolicy policy) {
        reconnectPolicy = policy;
        return this;
    }

    /** As {@link Client#connectionStateListener}. */
    public ClientConfig connectionStateListener(ConnectionStateListener listener) {
        connectionStateListener = listener;
        return this;
    }

    /** A checked copy, all faults reported together. */
    ClientConfig conclude() {
        if (name == null) {
            throw new TautwireException(
                    Code.NAME_INVALID, "no client name; give one, or put name= into the connection string");
        }
        ClientNames.encode(name);
        final List<String> faults = new ArrayList<>();
        if (store == null) {
            faults.add("store is null");
        } else {
            store.check(faults);
        }
        if (maxFrame < FrameDescriptor.MAX_FRAME_BEFORE_LOGON || maxFrame > FrameDescriptor.MAX_LENGTH) {
            faults.add("maxFrame=" + maxFrame + " is not from " + FrameDescriptor.MAX_FRAME_BEFORE_LOGON + " to "
                    + FrameDescriptor.MAX_LENGTH);
        }
        if (windowBytes < StreamConfig.MIN_WINDOW_BYTES) {
            faults.add("windowBytes=" + windowBytes + " is less than " + StreamConfig.MIN_WINDOW_BYTES);
        }
        if (fullPolicy == null) {
            faults.add("fullPolicy is null");
        }
        if (reconnectPolicy == null) {
            faults.add("reconnectPolicy is null");
        }
        if (isNotPositive(publishTimeout)) {
            faults.add("publishTimeout=" + publishTimeout + " is not positive");
        }
        if (isNotPositive(commandTimeout)) {
            faults.add("commandTimeout=" + commandTimeout + " is not positive");
        }
        if (!faults.isEmpty()) {
            throw new TautwireException(
                    Code.CONFIGURATION_INVALID, "client=" + name + ": " + String.join("; ", faults));
        }
        return new ClientConfig(this);
    }

    private static boolean isNotPositive(Duration duration) {
        return duration == null || duration.isZero() || duration.isNegative();
    }

    String name() {
        return name;
    }

    BookmarkStore bookmarkStore() {
        return bookmarkStore;
    }

    boolean failOnPublishGap() {
        return failOnPublishGap;
    }

    boolean isStoreGiven() {
        return storeGiven;
    }

    PublishStore store() {
        return store;
    }

    int maxFrame() {
        return maxFrame;
    }

    long windowBytes() {
        return windowBytes;
    }

    /** How long {@code publish} may wait; zero for not at all. */
    long publishTimeoutNs() {
        return fullPolicy == FullPolicy.FAIL ? 0 : Waits.nanos(publishTimeout);
    }

    long commandTimeoutNs() {
        return Waits.nanos(commandTimeout);
    }

    AckListener ackListener() {
        return ackListener;
    }

    FailedPublishHandler failedPublishHandler() {
        return failedPublishHandler;
    }

    MessageHandler lastChanceHandler() {
        return lastChanceHandler;
    }

    ErrorHandler errorHandler() {
        return errorHandler;
    }

    SessionListener sessionListener() {
        return sessionListener;
    }

    ReconnectPolicy reconnectPolicy() {
        return reconnectPolicy;
    }

    ConnectionStateListener connectionStateListener() {
        return connectionStateListener;
    }
}
