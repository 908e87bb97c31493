package io.tautwire.server;

import static io.tautwire.codec.FrameDescriptor.MAX_FRAME_BEFORE_LOGON;
import static io.tautwire.codec.FrameDescriptor.aligned;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.codec.sbe.Code;
import io.tautwire.journal.Journal;
import io.tautwire.journal.JournalConfig;
import io.tautwire.journal.WhenFull;
import io.tautwire.journal.memory.MemoryStorage;
import io.tautwire.server.internal.broker.BrokerConfig;
import io.tautwire.server.internal.broker.logon.LogonPolicy;
import io.tautwire.server.internal.broker.retention.RetentionLimits;
import io.tautwire.server.internal.log.LogConfig;
import io.tautwire.transport.connection.ConnectionOption;
import io.tautwire.transport.connection.ConnectionString;
import io.tautwire.transport.connection.Io;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.agrona.BitUtil;

/** What a builder was told, concluded once: parsed, checked, all faults reported together. */
final class ServerConfig {
    private static final String AGENT = "tautwire-server";

    private final ServerBuilder given;
    private final List<String> faults = new ArrayList<>();
    private final List<ConnectionString> listeners = new ArrayList<>();
    private JournalConfig journal;
    private AckLevel durability;
    private LogConfig log;
    private Io io;

    private ServerConfig(ServerBuilder given) {
        this.given = given;
        this.io = given.io;
    }

    /**
     * Concludes what a builder was told.
     *
     * @throws TautwireException CONFIGURATION_INVALID with all that is wrong.
     */
    static ServerConfig conclude(ServerBuilder given) {
        final ServerConfig config = new ServerConfig(given);
        config.faults.addAll(given.limits.faults());
        given.listeners.forEach(config::addListener);
        if (given.listeners.isEmpty()) {
            config.faults.add("listen is missing; give at least one, for example tcp://127.0.0.1:0");
        }
        config.concludeDurability();
        if (given.dataDirectory == null) {
            config.concludeJournal();
        } else {
            config.concludeLog();
        }
        if (!config.faults.isEmpty()) {
            throw new TautwireException(Code.CONFIGURATION_INVALID, String.join("; ", config.faults));
        }
        return config;
    }

    List<ConnectionString> listeners() {
        return listeners;
    }

    Io io() {
        return io;
    }

    ServerAuthenticator authenticator() {
        return given.authenticator;
    }

    BrokerConfig broker() {
        return new BrokerConfig(
                given.limits,
                given.accessPolicy,
                new LogonPolicy(given.authenticator != null, given.allowAnonymous, given.plainPasswords),
                durability,
                AGENT);
    }

    /** Longest frame taken at a listener. */
    int maxFrame(ConnectionString at) {
        return at.isGiven(ConnectionOption.MAX_FRAME) ? at.maxFrame() : given.limits.maxFrame();
    }

    /** A journal in memory; where there is no {@link #log()}. */
    Journal newJournal() {
        return new Journal(new MemoryStorage(), journal);
    }

    /** Of the journal in files; null where it is in memory. */
    LogConfig log() {
        return log;
    }

    private void addListener(String uri) {
        try {
            final ConnectionString at = ConnectionString.parseListener(uri);
            at.requireSupported();
            listeners.add(at);
            final int maxFrame = maxFrame(at);
            if (maxFrame < MAX_FRAME_BEFORE_LOGON || maxFrame > given.limits.maxFrame()) {
                faults.add("max_frame=" + maxFrame + " of listener " + at + " is not from " + MAX_FRAME_BEFORE_LOGON
                        + " to the limit maxFrame=" + given.limits.maxFrame());
            }
            settleIo(at);
        } catch (TautwireException e) {
            faults.add("listener: " + e.detail());
        }
    }

    private void settleIo(ConnectionString at) {
        if (io == Io.AUTO) {
            io = at.io();
        } else if (at.io() != Io.AUTO && at.io() != io) {
            faults.add("io=" + at.io().word() + " of listener " + at + " differs from io=" + io.word()
                    + " given before; one server has one");
        }
    }

    private void concludeDurability() {
        final boolean hasDirectory = given.dataDirectory != null;
        durability = given.durability != null ? given.durability : hasDirectory ? AckLevel.SYNCED : AckLevel.RECEIVED;
        if (durability == AckLevel.NULL_VAL || durability == AckLevel.SBE_UNKNOWN) {
            faults.add("durability=" + durability + " is none; give RECEIVED, WRITTEN or SYNCED");
        }
        if (!hasDirectory && durability != AckLevel.RECEIVED) {
            faults.add("durability=" + durability + " needs a dataDirectory; give one, or durability=RECEIVED");
        }
        if (!hasDirectory && (given.retentionBytes != Long.MAX_VALUE || given.retentionAge != null)) {
            faults.add("retentionBytes and retentionAge need a dataDirectory; in memory journalBytes is the limit");
        }
        if (given.retentionBytes < 1) {
            faults.add("retentionBytes=" + given.retentionBytes + " is not positive; leave it out to keep all");
        }
        if (given.retentionAge != null && (given.retentionAge.isNegative() || given.retentionAge.isZero())) {
            faults.add("retentionAge=" + given.retentionAge + " is not positive; leave it out to keep all");
        }
    }

    private void concludeLog() {
        final int frame = aligned(given.limits.maxFrame());
        if (!BitUtil.isPowerOfTwo(given.segmentBytes)
                || given.segmentBytes < frame
                || given.segmentBytes < JournalConfig.MIN_SEGMENT_LENGTH
                || given.segmentBytes > JournalConfig.MAX_SEGMENT_LENGTH) {
            faults.add("segmentBytes=" + given.segmentBytes + " is not a power of two from "
                    + JournalConfig.MIN_SEGMENT_LENGTH + " to " + JournalConfig.MAX_SEGMENT_LENGTH
                    + " that takes frames of maxFrame=" + given.limits.maxFrame());
        }
        final long ageNs = given.retentionAge == null ? Long.MAX_VALUE : given.retentionAge.toNanos();
        log = new LogConfig(
                given.dataDirectory,
                given.disk,
                durability,
                given.segmentBytes,
                new SecureRandom().nextLong(),
                new RetentionLimits(given.retentionBytes, ageNs));
    }

    private void concludeJournal() {
        try {
            final long journalId = new SecureRandom().nextLong();
            final int frame = aligned(given.limits.maxFrame());
            journal = JournalConfig.ofCapacity(journalId, 0, WhenFull.DROP_OLDEST, given.journalBytes, frame);
            if (journal.segmentLength() < frame) {
                faults.add("journalBytes=" + given.journalBytes + " is too small for frames of maxFrame="
                        + given.limits.maxFrame() + "; give at least " + 4L * frame);
            }
        } catch (TautwireException e) {
            faults.add("journalBytes=" + given.journalBytes + ": " + e.detail());
        }
    }
}
