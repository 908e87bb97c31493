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
import io.tautwire.transport.connection.ConnectionOption;
import io.tautwire.transport.connection.ConnectionString;
import io.tautwire.transport.connection.Io;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** What a builder was told, concluded once: parsed, checked, all faults reported together. */
final class ServerConfig {
    private static final String AGENT = "tautwire-server";

    private final ServerBuilder given;
    private final List<String> faults = new ArrayList<>();
    private final List<ConnectionString> listeners = new ArrayList<>();
    private JournalConfig journal;
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
        config.concludeJournal();
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
                AckLevel.RECEIVED,
                AGENT);
    }

    /** Longest frame taken at a listener. */
    int maxFrame(ConnectionString at) {
        return at.isGiven(ConnectionOption.MAX_FRAME) ? at.maxFrame() : given.limits.maxFrame();
    }

    Journal newJournal() {
        return new Journal(new MemoryStorage(), journal);
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
