package io.tautwire.server;

import io.tautwire.codec.FrameDescriptor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a server spends at most on those who connect to it. Immutable; begin with {@link #defaults()} and change what
 * differs. Values are checked when the server starts, all faults together.
 */
public final class ServerLimits {
    /** Left of a session's output for answers when deliveries fill it, in bytes. */
    private static final int OUTPUT_RESERVE = 64 * 1024;

    /** One envelope that names so many subscriptions fits the shortest frame limit a client may have, 16 KiB. */
    private static final int MOST_SUBSCRIPTIONS = 2000;

    private static final ServerLimits DEFAULTS = new ServerLimits(new Changes());

    private final int maxFrame;
    private final int maxBody;
    private final int maxSessions;
    private final int maxSubscriptions;
    private final int outputBytes;
    private final int maxPublishers;
    private final Duration publisherRetention;
    private final Duration logonTimeout;
    private final Duration heartbeat;

    private ServerLimits(Changes changes) {
        maxFrame = changes.maxFrame;
        maxBody = changes.maxBody;
        maxSessions = changes.maxSessions;
        maxSubscriptions = changes.maxSubscriptions;
        outputBytes = changes.outputBytes;
        maxPublishers = changes.maxPublishers;
        publisherRetention = changes.publisherRetention;
        logonTimeout = changes.logonTimeout;
        heartbeat = changes.heartbeat;
    }

    /** The limits of a server that is told nothing. */
    public static ServerLimits defaults() {
        return DEFAULTS;
    }

    /** These limits, to be changed. */
    public Changes change() {
        return new Changes(this);
    }

    /** Longest frame taken from a client once it is logged on, in bytes; 1 MiB. */
    public int maxFrame() {
        return maxFrame;
    }

    /** Longest body of a message, in bytes; by default only the frame limits it. */
    public int maxBody() {
        return maxBody;
    }

    /** Connections at a time, logged on or not; 1000. */
    public int maxSessions() {
        return maxSessions;
    }

    /** Subscriptions of one session; 1000. */
    public int maxSubscriptions() {
        return maxSubscriptions;
    }

    /** Bytes that wait for a session's socket at most, twice over (filled and being written); 2 MiB. */
    public int outputBytes() {
        return outputBytes;
    }

    /** Publishers without a session whose sequences are remembered; 10,000. */
    public int maxPublishers() {
        return maxPublishers;
    }

    /** How long the sequences of a publisher without a session are remembered; 24 h. */
    public Duration publisherRetention() {
        return publisherRetention;
    }

    /** Time from connecting to being logged on, the authenticator's included; 5 s. */
    public Duration logonTimeout() {
        return logonTimeout;
    }

    /** A side that sent nothing for so long sends a heartbeat; 5 s. */
    public Duration heartbeat() {
        return heartbeat;
    }

    /** What is wrong with these limits, each with its remedy; empty when nothing is. */
    List<String> faults() {
        final Faults faults = new Faults();
        faults.range("maxFrame", maxFrame, FrameDescriptor.MAX_FRAME_BEFORE_LOGON, 64 << 20);
        faults.range("maxBody", maxBody, 0, Integer.MAX_VALUE);
        faults.range("maxSessions", maxSessions, 1, 1_000_000);
        faults.range("maxSubscriptions", maxSubscriptions, 0, MOST_SUBSCRIPTIONS);
        faults.range("outputBytes", outputBytes, (long) maxFrame + OUTPUT_RESERVE, 1 << 30);
        faults.range("maxPublishers", maxPublishers, 1, 10_000_000);
        faults.range(
                "publisherRetentionMs",
                publisherRetention.toMillis(),
                1,
                Duration.ofDays(3650).toMillis());
        faults.range(
                "logonTimeoutMs",
                logonTimeout.toMillis(),
                1,
                Duration.ofHours(1).toMillis());
        faults.range(
                "heartbeatMs", heartbeat.toMillis(), 10, Duration.ofHours(1).toMillis());
        return faults.found;
    }

    @Override
    public String toString() {
        return "maxFrame=" + maxFrame + " maxBody=" + maxBody + " maxSessions=" + maxSessions + " maxSubscriptions="
                + maxSubscriptions + " outputBytes=" + outputBytes + " maxPublishers=" + maxPublishers
                + " publisherRetention=" + publisherRetention + " logonTimeout=" + logonTimeout + " heartbeat="
                + heartbeat;
    }

    /** Collects what lies outside its range. */
    private static final class Faults {
        private final List<String> found = new ArrayList<>();

        void range(String name, long value, long least, long most) {
            if (value < least || value > most) {
                found.add(name + "=" + value + " is not from " + least + " to " + most);
            }
        }
    }

    /** Limits being decided; not for several threads. */
    public static final class Changes {
        private int maxFrame = FrameDescriptor.DEFAULT_MAX_FRAME;
        private int maxBody = Integer.MAX_VALUE;
        private int maxSessions = 1000;
        private int maxSubscriptions = 1000;
        private int outputBytes = 2 << 20;
        private int maxPublishers = 10_000;
        private Duration publisherRetention = Duration.ofHours(24);
        private Duration logonTimeout = Duration.ofSeconds(5);
        private Duration heartbeat = Duration.ofSeconds(5);

        private Changes() {}

        private Changes(ServerLimits limits) {
            maxFrame = limits.maxFrame;
            maxBody = limits.maxBody;
            maxSessions = limits.maxSessions;
            maxSubscriptions = limits.maxSubscriptions;
            outputBytes = limits.outputBytes;
            maxPublishers = limits.maxPublishers;
            publisherRetention = limits.publisherRetention;
            logonTimeout = limits.logonTimeout;
            heartbeat = limits.heartbeat;
        }

        /** See {@link ServerLimits#maxFrame()}. */
        public Changes maxFrame(int bytes) {
            maxFrame = bytes;
            return this;
        }

        /** See {@link ServerLimits#maxBody()}. */
        public Changes maxBody(int bytes) {
            maxBody = bytes;
            return this;
        }

        /** See {@link ServerLimits#maxSessions()}. */
        public Changes maxSessions(int sessions) {
            maxSessions = sessions;
            return this;
        }

        /** See {@link ServerLimits#maxSubscriptions()}. */
        public Changes maxSubscriptions(int perSession) {
            maxSubscriptions = perSession;
            return this;
        }

        /** See {@link ServerLimits#outputBytes()}. */
        public Changes outputBytes(int bytes) {
            outputBytes = bytes;
            return this;
        }

        /** See {@link ServerLimits#maxPublishers()}. */
        public Changes maxPublishers(int publishers) {
            maxPublishers = publishers;
            return this;
        }

        /** See {@link ServerLimits#publisherRetention()}. */
        public Changes publisherRetention(Duration retention) {
            publisherRetention = retention;
            return this;
        }

        /** See {@link ServerLimits#logonTimeout()}. */
        public Changes logonTimeout(Duration timeout) {
            logonTimeout = timeout;
            return this;
        }

        /** See {@link ServerLimits#heartbeat()}. */
        public Changes heartbeat(Duration interval) {
            heartbeat = interval;
            return this;
        }

        /** The limits decided. */
        public ServerLimits done() {
            return new ServerLimits(this);
        }
    }
}
