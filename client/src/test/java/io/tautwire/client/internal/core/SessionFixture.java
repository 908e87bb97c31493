package io.tautwire.client.internal.core;

import io.tautwire.TautwireException;
import io.tautwire.client.internal.OpenStore;
import io.tautwire.client.internal.StoreKeeping;
import io.tautwire.client.internal.StoreLimits;
import io.tautwire.codec.MessagePrefix;
import io.tautwire.codec.MessageView;
import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.codec.sbe.Code;
import io.tautwire.journal.Journal;
import io.tautwire.journal.JournalConfig;
import io.tautwire.journal.WhenFull;
import io.tautwire.journal.memory.MemoryStorage;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** A store and its sessions, one after the other, each on a memory wire with a scripted peer. One thread. */
final class SessionFixture {
    static final long INCARNATION = 7;
    static final int MAX_FRAME = 1 << 20;

    final List<String> told = new ArrayList<>();
    boolean goesOnAfterGap = true;
    Runnable onDelivering = () -> {};
    boolean acceptsTheServer = true;
    final Journal journal;
    OpenStore store;
    Acknowledgements acknowledgements;
    final SessionCounters counters = new SessionCounters();
    Subscriptions subscriptions = new Subscriptions(true);
    final MessagePrefix prefix;

    MemoryWire wire;
    ClientSession session;
    Peer peer;

    SessionFixture() {
        this(1 << 20, 8);
    }

    SessionFixture(int segmentLength, int maxSegments) {
        journal =
                new Journal(new MemoryStorage(), new JournalConfig(0, 0, segmentLength, maxSegments, WhenFull.REFUSE));
        store = new OpenStore(journal, INCARNATION, MAX_FRAME);
        acknowledgements = new Acknowledgements(store, new Outcomes());
        prefix = MessagePrefix.builder()
                .clientName("pricer")
                .incarnation(INCARNATION)
                .topic("trades/BTC")
                .build();
    }

    /** Another process opens the store as it is, knowing no more than what is in it. */
    SessionFixture reopen(long settled, long nextSequence) {
        store = new OpenStore(
                journal,
                INCARNATION,
                new StoreOrigin(settled, nextSequence, journal.head(), true),
                StoreKeeping.MEMORY,
                StoreLimits.ofJournal(MAX_FRAME));
        acknowledgements = new Acknowledgements(store, new Outcomes());
        return this;
    }

    /** Begins another session on a wire of its own. */
    SessionFixture connect() {
        wire = new MemoryWire();
        session = new ClientSession(
                new SessionIdentity("pricer", "alice", "", "", MAX_FRAME, false),
                wire,
                store,
                acknowledgements,
                SendRight.ALWAYS,
                new Events(),
                counters,
                subscriptions);
        wire.handler(session);
        final ClientSession stepped = session;
        peer = new Peer(bytes -> {
            final int consumed = stepped.onBytes(new UnsafeBuffer(bytes), 0, bytes.length);
            if (consumed != bytes.length) {
                throw new AssertionError("consumed=" + consumed + " of " + bytes.length);
            }
            stepped.onBatchEnd();
        });
        return this;
    }

    SessionFixture sendLogon() {
        session.logon(new Password());
        session.flush();
        return this;
    }

    /** Connects and logs on; forgets the frames and events of that. */
    SessionFixture logOn(long lastAppended) {
        connect().sendLogon();
        peer.logonReply(lastAppended).send();
        wire.frames.take();
        told.clear();
        return this;
    }

    long publish(int bodyLength) {
        final long sequence = store.begin(prefix, bodyLength);
        if (sequence > 0) {
            store.buffer()
                    .setMemory(store.frameOffset() + prefix.bodyOffset(), bodyLength, (byte) ('a' + sequence % 26));
            store.commit(prefix, bodyLength);
        }
        return sequence;
    }

    /** Publishes so many small messages, and lets them out. */
    SessionFixture publishAndFlush(int count) {
        for (int i = 0; i < count; i++) {
            if (publish(10) < 0) {
                throw new AssertionError("the store is full");
            }
        }
        session.flush();
        return this;
    }

    Registration subscribe(String pattern, long windowBytes) {
        final Registration registration =
                session.subscribe(Interest.live(pattern.getBytes(), windowBytes), new Subscriber(pattern, true));
        session.flush();
        return registration;
    }

    /** As {@link #subscribe}, but credit goes back only when the test says so. */
    Registration subscribeKeeping(String pattern, long windowBytes) {
        final Registration registration =
                session.subscribe(Interest.live(pattern.getBytes(), windowBytes), new Subscriber(pattern, false));
        session.flush();
        return registration;
    }

    List<String> takeTold() {
        final List<String> taken = List.copyOf(told);
        told.clear();
        return taken;
    }

    private final class Password implements Credentials {
        @Override
        public byte[] first() {
            return "secret".getBytes();
        }

        @Override
        public void onChallenge(byte[] challenge) {
            final String text = new String(challenge);
            if (text.isEmpty()) {
                session.giveUp(new TautwireException(Code.AUTHENTICATION_FAILED, "nothing to answer: secret"));
            } else if (!text.equals("later")) {
                session.answer(("answer to " + text).getBytes());
            }
        }

        @Override
        public void onAccepted(String user) {
            if (!acceptsTheServer) {
                throw new TautwireException(Code.AUTHENTICATION_FAILED, "no such server: secret");
            }
        }
    }

    private final class Outcomes implements OutcomeListener {
        @Override
        public void onRefused(MessageView original, Code code, String reason) {
            told.add("refused " + original.sequence() + " " + original.topic() + " bytes=" + original.bodyLength() + " "
                    + code + " " + reason);
        }

        @Override
        public void onOutcome(long from, long to, Code code, String reason, AckLevel level) {
            told.add("outcome " + from + "-" + to + " " + code);
        }

        @Override
        public void onToldBefore(long from, long to) {
            told.add("told before " + from + "-" + to);
        }
    }

    private final class Events implements SessionEvents {
        @Override
        public void onLoggedOn(SessionInfo info) {
            told.add("logged on " + info.user() + " " + info.messageType() + " " + info.ackLevel());
        }

        @Override
        public boolean onPublishGap(long from, long to) {
            told.add("publish gap " + from + "-" + to);
            return goesOnAfterGap;
        }

        @Override
        public void onStorageFull(long from, String reason) {
            told.add("storage full " + from);
        }

        @Override
        public void onUnclaimed(MessageView message, boolean isRendered) {
            told.add("unclaimed " + message.sequence() + (isRendered ? " rendered" : ""));
        }

        @Override
        public void onDelivering() {
            onDelivering.run();
        }

        @Override
        public void onEnded(Code code, String reason, Throwable cause) {
            told.add("ended " + code
                    + (cause == null ? "" : " by " + cause.getClass().getSimpleName()));
        }
    }

    final class Subscriber implements SubscriptionListener {
        private final String name;
        private final boolean givesBack;

        Subscriber(String name, boolean givesBack) {
            this.name = name;
            this.givesBack = givesBack;
        }

        @Override
        public void onSubscribed(long journalId, int epoch, long position) {
            told.add(name + " subscribed");
        }

        @Override
        public long onMessage(MessageView message, int alignedBytes, boolean isRendered) {
            told.add(name + " got " + message.sequence() + (isRendered ? " rendered" : ""));
            return givesBack ? alignedBytes : 0;
        }

        @Override
        public void onNotice(int kind, long from, long to, String detail) {
            told.add(name + " notice " + kind + " " + from + "-" + to);
        }

        @Override
        public void onOtherJournal(long lostJournalId, int lostEpoch, long lostPosition) {
            told.add(name + " lost " + Long.toHexString(lostJournalId) + "." + lostEpoch + "." + lostPosition);
        }

        @Override
        public void onEnded(Code code, String reason) {
            told.add(name + " ended " + code);
        }
    }
}
