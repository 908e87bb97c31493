package io.tautwire.system.sim;

import io.tautwire.TautwireException;
import io.tautwire.client.internal.OpenStore;
import io.tautwire.client.internal.core.Acknowledgements;
import io.tautwire.client.internal.core.ClientSession;
import io.tautwire.client.internal.core.OutcomeListener;
import io.tautwire.client.internal.core.Registration;
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
import java.util.ArrayList;
import java.util.List;

/**
 * One life of an application: the real client core over its real store. As a user of it would, it connects again some
 * time after its session ended.
 */
final class ClientLife implements SessionEvents, OutcomeListener {
    private static final long TICK_NS = 20_000_000;
    private static final long LOGON_TIMEOUT_NS = 400_000_000;
    private static final int MAX_SUBSCRIPTIONS = 3;

    private final SimWorld world;
    private final SimClient client;
    private final String name;
    private final Chance chance;
    private final Life life;
    private final OpenStore store;
    private final Holder holder;
    private final Acknowledgements acknowledgements;
    private final SessionCounters counters = new SessionCounters();
    private final List<SimSubscription> live = new ArrayList<>();
    private final Subscriptions subscriptions = new Subscriptions(false);
    private SimLink link;
    private JournalView view;
    private ClientSession session;
    private Runnable whenEnded;
    private long connectedNs;
    private long offered;
    private int links;
    private boolean hasGivenWay;

    ClientLife(SimWorld world, SimClient client, int number) {
        this.world = world;
        this.client = client;
        this.name = client + "." + number;
        this.chance = world.chance(name);
        this.life = new Life(world.time());
        if (client.disk() == null) {
            this.store = new OpenStore(
                    new Journal(new MemoryStorage(), new JournalConfig(0, 0, 1 << 17, 4, WhenFull.REFUSE)),
                    world.parts().incarnation(client.name(), chance),
                    Shape.MAX_FRAME);
            this.holder = world.ledger().open(name, store.incarnation());
        } else {
            this.store = client.disk().open(world, client, life, chance);
            this.holder = client.disk().holder(world, name, store);
        }
        this.acknowledgements = new Acknowledgements(store, this);
        life.after(chance.below(1_000_000), this::connect);
        life.after(TICK_NS, this::tick);
    }

    /** Publishes some messages at once; what the store has no room for is not published. */
    void publish(Chance by) {
        for (int i = by.below(40); i > 0; i--) {
            publish(Topics.topic(by), by.oneIn(20) ? by.below(16_000) : by.below(200));
        }
        flush();
    }

    void subscribe(Chance by) {
        if (live.size() < MAX_SUBSCRIPTIONS) {
            live.add(new SimSubscription(
                    world, this, name + " " + world.nextSubscription(), Topics.pattern(by), client.isPretty()));
            flush();
        }
    }

    void unsubscribe(Chance by) {
        if (!live.isEmpty()) {
            subscriptions.remove(live.remove(by.below(live.size())).end());
            flush();
        }
    }

    /** A subscriber is done with so many bytes. */
    void consumed(Registration registration, long bytes) {
        subscriptions.consumed(registration, bytes);
        flush();
    }

    /** All that is subscribed, over all sessions. */
    Subscriptions registered() {
        return subscriptions;
    }

    Life process() {
        return life;
    }

    /** Ends the session in order; another one follows. */
    void leave() {
        if (session != null) {
            session.close(Code.OK, "");
            session.flush();
        }
    }

    /** Ends for good, in order, and runs this then. */
    void close(Runnable then) {
        if (session == null || !session.isLoggedOn()) {
            then.run();
        } else {
            whenEnded = then;
            session.close(client.disk() == null ? Code.CLOSED : Code.OK, "");
            session.flush();
        }
    }

    /** Dies where it stands. */
    void kill(boolean isSilent) {
        life.end();
        if (client.disk() != null) {
            client.disk().kill();
        }
        if (link != null && isSilent) {
            link.vanish(false, false);
        } else if (link != null) {
            link.cut("client ended");
        }
    }

    /** The connection under way; null between two. */
    SimLink link() {
        return session == null ? null : link;
    }

    /** The last sequence that there was when it logged on last. */
    long offered() {
        return offered;
    }

    /** Whether every command of it has an outcome. */
    boolean isSettled() {
        return holder.toldTo() == holder.lastSequence();
    }

    boolean isLoggedOn() {
        return session != null && session.isLoggedOn();
    }

    /** Whether it is logged on, or has left its name to another one for good. */
    boolean isAtRest() {
        return hasGivenWay || isLoggedOn();
    }

    /** The journal of the server that it was connected to last; null before the first time. */
    JournalView view() {
        return view;
    }

    /** Whether it is logged on, over a connection that has brought all that was sent. */
    boolean hears() {
        return session != null && session.isLoggedOn() && !link.isBroken() && link.isQuiet();
    }

    Holder holder() {
        return holder;
    }

    List<SimSubscription> subscriptions() {
        return live;
    }

    @Override
    public void onLoggedOn(SessionInfo info) {
        world.trace().add(name, "logged on, lastAppended=", info.lastAppended());
        world.names().loggedOn(client.name(), this, view);
        Broken.unless(
                info.lastAppended() <= holder.lastSequence(),
                Promise.ONCE,
                () -> holder + " has published " + holder.lastSequence() + ", of which the server claims to have "
                        + info.lastAppended());
    }

    @Override
    public boolean onPublishGap(long fromSequence, long toSequence) {
        world.trace().add(name, "publish gap " + fromSequence + " to " + toSequence);
        for (long sequence = fromSequence; sequence <= toSequence; sequence++) {
            final Command lost = holder.command(sequence);
            Broken.unless(
                    view.mayLack(lost.toldOf(), lost.level()),
                    Promise.ACKNOWLEDGED_IS_KEPT,
                    () -> name + " publish gap: " + lost + " was told at " + lost.level() + " by the " + lost.toldOf());
        }
        return true;
    }

    @Override
    public void onUnclaimed(MessageView message, boolean isRendered) {
        // Only subscriptions that were ended have unclaimed messages, and these are checked up to their end.
    }

    @Override
    public void onEnded(Code code, String reason, Throwable cause) {
        world.trace().add(name, "session ended " + code + " " + reason);
        if (!Endings.EXPECTED.contains(code)) {
            throw new Broken(Promise.NO_SURPRISE, name + " session ended " + code + " " + reason, cause);
        }
        world.sawEnd(code);
        session = null;
        if (whenEnded != null) {
            whenEnded.run();
        } else if (code == Code.SESSION_REPLACED) {
            life.after(chance.below(150_000_000), this::comeBack);
        } else {
            life.after(chance.below(30_000_000), this::connect);
        }
    }

    @Override
    public void onRefused(MessageView original, Code code, String reason) {
        Broken.unless(
                Topics.isForbidden(original.topic()) && code == Code.NOT_ENTITLED,
                Promise.TRUE_BYTES,
                () -> name + " was given back " + original.topic() + " " + code);
    }

    @Override
    public void onOutcome(long fromSequence, long toSequence, Code code, String reason, AckLevel level) {
        holder.told(fromSequence, toSequence, code, level, view);
    }

    private void publish(String topic, int bodyLength) {
        final MessagePrefix prefix = MessagePrefix.builder()
                .clientName(client.name())
                .incarnation(store.incarnation())
                .topic(topic)
                .build();
        final long sequence = store.begin(prefix, bodyLength);
        if (sequence > 0) {
            store.buffer().setMemory(store.frameOffset() + prefix.bodyOffset(), bodyLength, holder.bodyByte(sequence));
            store.commit(prefix, bodyLength);
            holder.published(sequence, topic, bodyLength);
        }
    }

    /** Two holders of one name would replace each other for ever; whoever has nothing left to say stays away. */
    private void comeBack() {
        if (world.time().nowNs() < Plan.DISTURBED_NS || !isSettled()) {
            connect();
        } else {
            hasGivenWay = true;
        }
    }

    private void flush() {
        if (session != null) {
            session.flush();
        }
    }

    private void connect() {
        final ServerLife server = world.server().life();
        if (server == null || server.isStopping()) {
            life.after(1_000_000 + chance.below(20_000_000), this::connect);
            return;
        }
        link = new SimLink(world, name + "#" + ++links, life, server.life());
        connectedNs = world.time().nowNs();
        view = server.view();
        session = new ClientSession(
                new SessionIdentity(
                        client.name(),
                        "trader",
                        "",
                        client.isPretty() ? "binary" : "",
                        Shape.MAX_FRAME,
                        client.isPretty()),
                link.client(),
                store,
                acknowledgements,
                SendRight.ALWAYS,
                this,
                counters,
                subscriptions);
        link.client().attach(world.parts().clientEnd(this, session));
        server.connected(link);
        offered = store.lastSequence();
        session.logon(NoCredentials.INSTANCE);
        session.flush();
    }

    private void tick() {
        if (session != null) {
            final long nowNs = world.time().nowNs();
            if (!session.isLoggedOn() && nowNs > connectedNs + LOGON_TIMEOUT_NS) {
                session.giveUp(new TautwireException(Code.TIMED_OUT, "the logon took too long"));
            }
            session.onTimer(nowNs);
        }
        life.after(TICK_NS, this::tick);
    }

    @Override
    public String toString() {
        return name;
    }
}
