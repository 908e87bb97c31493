package io.tautwire.server;

import io.tautwire.codec.JvmFlag;
import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.journal.file.Disk;
import io.tautwire.journal.file.FileJournalConfig;
import io.tautwire.transport.connection.Io;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Decides what a {@link Server} is to be; not for several threads. {@link #start()} reports all faults together. */
public final class ServerBuilder {
    /** Size of the journal unless it is given, 256 MiB. */
    public static final long DEFAULT_JOURNAL_BYTES = 256L << 20;

    /** Length of a segment of the journal in files unless it is given, 64 MiB. */
    public static final int DEFAULT_SEGMENT_BYTES = FileJournalConfig.SERVER_SEGMENT_LENGTH;

    final List<String> listeners = new ArrayList<>();
    ServerAuthenticator authenticator;
    AccessPolicy accessPolicy = AccessPolicy.PERMIT_ALL;
    ServerLimits limits = ServerLimits.defaults();
    long journalBytes = DEFAULT_JOURNAL_BYTES;
    Path dataDirectory;
    AckLevel durability;
    int segmentBytes = DEFAULT_SEGMENT_BYTES;
    long retentionBytes = Long.MAX_VALUE;
    Duration retentionAge;
    Disk disk = Disk.system();
    boolean allowAnonymous;
    boolean plainPasswords;
    Io io = Io.AUTO;

    ServerBuilder() {}

    /**
     * Listens at an address; to be called once for each.
     *
     * @param uri connection string of a listener, for example {@code tcp://127.0.0.1:0/tautwire/json,fix} or {@code
     *     unix:///?path=/run/app.sock}. Its message types, if any, are the only ones taken there; its {@code max_frame}
     *     lowers the limit of frames there.
     */
    public ServerBuilder listen(String uri) {
        listeners.add(Objects.requireNonNull(uri, "uri"));
        return this;
    }

    /** Has users verified; by default they are taken at their word, which only local listeners allow. */
    public ServerBuilder authenticator(ServerAuthenticator verifier) {
        authenticator = Objects.requireNonNull(verifier, "authenticator");
        return this;
    }

    /** Who may publish and subscribe to what; by default everybody everything. */
    public ServerBuilder accessPolicy(AccessPolicy policy) {
        accessPolicy = Objects.requireNonNull(policy, "accessPolicy");
        return this;
    }

    /** What the server spends at most. */
    public ServerBuilder limits(ServerLimits most) {
        limits = Objects.requireNonNull(most, "limits");
        return this;
    }

    /**
     * Memory for messages, in bytes, taken as it is needed; when it is full the oldest are dropped. Of no meaning with
     * a data directory.
     */
    public ServerBuilder journalBytes(long bytes) {
        journalBytes = bytes;
        return this;
    }

    /**
     * Keeps the journal in files, so that messages, and who published what, outlive the server. The directory is made
     * if need be, and is one server's at a time.
     */
    public ServerBuilder dataDirectory(Path directory) {
        dataDirectory = Objects.requireNonNull(directory, "dataDirectory");
        return this;
    }

    /**
     * What an acknowledgement promises: {@code RECEIVED} unless there is a data directory, {@code SYNCED} if there is;
     * {@code WRITTEN} and {@code SYNCED} need one.
     */
    public ServerBuilder durability(AckLevel level) {
        durability = Objects.requireNonNull(level, "durability");
        return this;
    }

    /**
     * How many bytes of the newest messages a data directory keeps at least; by default all. Older ones go by whole
     * segments, unless a session has still to get them.
     */
    public ServerBuilder retentionBytes(long bytes) {
        retentionBytes = bytes;
        return this;
    }

    /** For how long a data directory keeps messages at least; by default for ever. Otherwise as the bytes. */
    public ServerBuilder retentionAge(Duration age) {
        retentionAge = Objects.requireNonNull(age, "retentionAge");
        return this;
    }

    /** Length of a segment of the journal in files, a power of two, where the data directory is new. */
    public ServerBuilder segmentBytes(int bytes) {
        segmentBytes = bytes;
        return this;
    }

    /** The disk that the data directory is on: for tests that want a faulty one. */
    ServerBuilder disk(Disk on) {
        disk = on;
        return this;
    }

    /**
     * Whether users may be anonymous, and without an authenticator unverified, on listeners that other machines reach.
     * On local listeners unverified users are always allowed where there is no authenticator; where there is one it is
     * asked about everybody, unless this is set: then who gives neither user nor credential is anonymous, unasked.
     */
    public ServerBuilder allowAnonymous(boolean allow) {
        allowAnonymous = allow;
        return this;
    }

    /**
     * Whether a password or token is taken as it is over plain TCP, where others can read it. By default only over TLS
     * and Unix sockets; {@link LogonAttempt#isPlainAccepted()} tells an authenticator.
     */
    public ServerBuilder plainPasswords(boolean accept) {
        plainPasswords = accept;
        return this;
    }

    /** What carries the bytes; by default the best there is, or what a listener's string asks for. */
    public ServerBuilder io(Io mechanism) {
        io = Objects.requireNonNull(mechanism, "io");
        return this;
    }

    /**
     * Starts the server; it is ready when this returns. With a data directory it recovers first what that holds, which
     * takes about as long as reading it.
     *
     * @throws io.tautwire.TautwireException JVM_FLAG_MISSING; CONFIGURATION_INVALID with everything that is wrong;
     *     CONNECT_FAILED when an address cannot be listened at; IO_UNAVAILABLE; JOURNAL_IN_USE, JOURNAL_CORRUPT,
     *     JOURNAL_FAILED or VERSION_UNSUPPORTED when the data directory cannot be opened.
     */
    public Server start() {
        JvmFlag.check();
        return new Server(ServerConfig.conclude(this));
    }
}
