package io.tautwire.system.sim;

import io.tautwire.client.internal.OpenStore;
import io.tautwire.client.internal.core.Acknowledgements;
import io.tautwire.client.internal.core.ClientSession;
import io.tautwire.client.internal.core.Credentials;
import io.tautwire.client.internal.core.Interest;
import io.tautwire.client.internal.core.OutcomeListener;
import io.tautwire.client.internal.core.SendRight;
import io.tautwire.client.internal.core.SessionCounters;
import io.tautwire.client.internal.core.SessionEvents;
import io.tautwire.client.internal.core.SessionIdentity;
import io.tautwire.client.internal.core.SessionInfo;
import io.tautwire.client.internal.core.Subscriptions;
import io.tautwire.codec.MessagePrefix;
import io.tautwire.codec.MessageView;
import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.codec.sbe.Code;
import io.tautwire.journal.Journal;
import io.tautwire.journal.JournalConfig;
import io.tautwire.journal.WhenFull;
import io.tautwire.journal.memory.MemoryStorage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The real client core over its real store. It publishes and subscribes by chance, and, as a user of it would, connects
 * again some time after its session ended.
 */
final class SimClient implements SessionEvents, OutcomeListener {
    private static final String[] TOPICS = {
        "trades/BTC", "trades/ETH", "trades/BTC/spot", SimServer.FORBIDDEN_TOPIC, "quotes/BTC"
    };
    private static final String[] PATTERNS = {"trades/#", "trades/+", "+/BTC", "#", "trades/BTC"};
    private static final int MAX_FRAME = 64 * 1024;
    private static final long TICK_NS = 20_000_000;

    private final SimWorld world;
    private final String name;
    private final boolean isPretty;
    private final OpenStore store;
    private final Acknowledgements acknowledgements;
    private final SessionCounters counters = new SessionCounters();
    private final List<Code> outcomes = new ArrayList<>();
    private final List<String> publishedTopics = new ArrayList<>();
    private final List<SimSubscription> live = new ArrayList<>();
    private SimLink link;
    private ClientSession session;
    private int replaced;

    SimClient(SimWorld world, String name, boolean isPretty) {
        this.world = world;
        this.name = name;
        this.isPretty = isPretty;
        final Random random = world.random();
        final Journal journal = new Journal(new MemoryStorage(), new JournalConfig(0, 0, 1 << 17, 4, WhenFull.REFUSE));
        this.store = new OpenStore(journal, random.nextLong(), MAX_FRAME);
        this.acknowledgements = new Acknowledgements(store, this);
        world.time().after(random.nextInt(1_000_000), this::connect);
        world.time().after(TICK_NS, this::tick);
    }

    /** Publishes some messages at once; what the store has no room for is not published. */
    void publishBurst() {
        final Random random = world.random();
        for (int i = random.nextInt(40); i > 0; i--) {
            publish(
                    TOPICS[random.nextInt(TOPICS.length)],
                    random.nextInt(10) == 0 ? random.nextInt(20_000) : random.nextInt(200));
        }
        if (session != null) {
            session.flush();
        }
    }

    /** Leaves at once or in order, or the link breaks. */
    void disturb() {
        if (link == null || session == null) {
            return;
        }
        if (world.random().nextInt(4) == 0) {
            session.close(Code.OK, "");
            session.flush();
        } else {
            link.cut("chance");
        }
    }

    long outstanding() {
        return store.lastSequence() - acknowledgements.lastOutcome();
    }

    long incarnation() {
        return store.incarnation();
    }

    String name() {
        return name;
    }

    int replaced() {
        return replaced;
    }

    /** Outcome by sequence, from sequence 1 on. */
    List<Code> outcomes() {
        return outcomes;
    }

    String publishedTopic(long sequence) {
        return publishedTopics.get((int) sequence - 1);
    }

    @Override
    public void onLoggedOn(SessionInfo info) {
        world.trace().add(name + " logged on, lastAppended=" + info.lastAppended());
    }

    @Override
    public boolean onPublishGap(long fromSequence, long toSequence) {
        throw new AssertionError(name + " publish gap " + fromSequence + " to " + toSequence);
    }

    @Override
    public void onUnclaimed(MessageView message, boolean isRendered) {
        // Only subscriptions that were ended have unclaimed messages, and these are checked up to their end.
    }

    @Override
    public void onEnded(Code code, String reason, Throwable cause) {
        world.trace().add(name + " ended " + code);
        if (code != Code.OK && code != Code.DISCONNECTED && code != Code.SESSION_REPLACED) {
            throw new AssertionError(name + " ended " + code + " " + reason, cause);
        }
        replaced += code == Code.SESSION_REPLACED ? 1 : 0;
        session = null;
        live.clear();
        world.time().after(world.random().nextInt(30_000_000), this::connect);
    }

    @Override
    public void onRefused(MessageView original, Code code, String reason) {
        world.verify(
                original.topic().equals(SimServer.FORBIDDEN_TOPIC) && code == Code.NOT_ENTITLED,
                () -> name + " refused " + original.topic() + " " + code);
    }

    @Override
    public void onOutcome(long fromSequence, long toSequence, Code code, String reason, AckLevel level) {
        world.verify(
                fromSequence == outcomes.size() + 1,
                () -> name + " outcome from=" + fromSequence + " after " + outcomes.size());
        for (long sequence = fromSequence; sequence <= toSequence; sequence++) {
            outcomes.add(code);
        }
    }

    private void publish(String topic, int bodyLength) {
        final MessagePrefix prefix = MessagePrefix.builder()
                .clientName(name)
                .incarnation(store.incarnation())
                .topic(topic)
                .build();
        final long sequence = store.begin(prefix, bodyLength);
        if (sequence > 0) {
            store.buffer().setMemory(store.frameOffset() + prefix.bodyOffset(), bodyLength, (byte) sequence);
            store.commit(prefix, bodyLength);
            publishedTopics.add(topic);
        }
    }

    private void connect() {
        link = new SimLink(world.time(), world.random(), world.trace(), name + "#" + world.nextLink());
        session = new ClientSession(
                new SessionIdentity(name, "trader", "", isPretty ? "binary" : "", MAX_FRAME, isPretty),
                link.left(),
                store,
                acknowledgements,
                SendRight.ALWAYS,
                this,
                counters,
                new Subscriptions(true));
        link.left().attach(session);
        link.right().attach(world.server().onConnected(link.right()));
        session.logon(NoCredentials.INSTANCE);
        session.flush();
    }

    private void tick() {
        if (session != null) {
            session.onTimer(world.time().nowNs());
            if (session.isLoggedOn() && live.size() < 3 && world.random().nextInt(3) == 0) {
                subscribe();
            } else if (!live.isEmpty() && world.random().nextInt(40) == 0) {
                unsubscribe(live.remove(world.random().nextInt(live.size())));
            }
        }
        world.time().after(TICK_NS, this::tick);
    }

    private void subscribe() {
        final String pattern = PATTERNS[world.random().nextInt(PATTERNS.length)];
        final SimSubscription subscription = new SimSubscription(world, name, pattern, isPretty);
        live.add(subscription);
        subscription.registered(
                session,
                session.subscribe(Interest.live(pattern.getBytes(StandardCharsets.UTF_8), 32 * 1024), subscription));
        session.flush();
    }

    private void unsubscribe(SimSubscription subscription) {
        session.unsubscribe(subscription.registration());
        session.flush();
    }

    private enum NoCredentials implements Credentials {
        INSTANCE;

        @Override
        public byte[] first() {
            return new byte[0];
        }

        @Override
        public void onChallenge(byte[] challenge) {
            throw new IllegalStateException("no challenge is expected");
        }
    }
}
