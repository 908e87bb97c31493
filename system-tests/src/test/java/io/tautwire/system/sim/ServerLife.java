package io.tautwire.system.sim;

import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.MessageView;
import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.codec.sbe.MessageDecoder;
import io.tautwire.journal.Journal;
import io.tautwire.journal.JournalCursor;
import io.tautwire.server.ServerAuthenticator;
import io.tautwire.server.SessionView;
import io.tautwire.server.internal.broker.Broker;
import io.tautwire.server.internal.broker.BrokerConfig;
import io.tautwire.server.internal.broker.BrokerHost;
import io.tautwire.server.internal.broker.FaultKind;
import io.tautwire.server.internal.broker.logon.ListenerTerms;
import io.tautwire.server.internal.broker.logon.LogonPolicy;
import io.tautwire.server.internal.broker.logon.LogonRequest;
import java.util.ArrayList;
import java.util.List;

/** One life of the server: the real broker over a real journal. Credentials are verified late, catching up in turns. */
final class ServerLife implements BrokerHost {
    private static final long EPOCH_NS = 1_700_000_000_000_000_000L;
    private static final long TICK_NS = 20_000_000;
    private static final long STOP_NS = 60_000_000;

    private final SimWorld world;
    private final Chance chance;
    private final Life life;
    private final Keeping keeping;
    private final Broker broker;
    private final JournalView view;
    private final JournalCursor reader;
    private final MessageView message = new MessageView();
    private final List<SimLink> links = new ArrayList<>();
    private boolean isCatchUpScheduled;
    private boolean isStopping;

    /**
     * Begins, with what the life before has left.
     *
     * @param before null for the first one.
     * @param lowest the lowest ack level that was to survive how the life before ended; null where none was.
     */
    ServerLife(SimWorld world, int number, JournalView before, AckLevel lowest) {
        this.world = world;
        this.chance = world.chance("server " + number);
        this.life = new Life(world.time());
        final Shape shape = world.shape();
        final BrokerConfig config = new BrokerConfig(
                Shape.LIMITS, new NoForbiddenTopic(), LogonPolicy.VERIFYING, shape.level(), "simulated");
        this.keeping =
                shape.isKept() ? new FileKeeping(world, life, chance, config) : new MemoryKeeping(shape, chance.next());
        final Journal journal = keeping.journal();
        this.view = new JournalView(
                number,
                journal.journalId(),
                shape.isKept() ? before : null,
                journal.tail(),
                shape.isKept() ? lowest : null);
        this.view.keptBy(this::keeps);
        this.reader = journal.cursor(journal.tail());
        this.broker = new Broker(config, journal, this, keeping.log());
        keeping.begin(broker);
        life.after(TICK_NS, this::tick);
        if (before != null && shape.isKept()) {
            checkRecovered(before, lowest);
        }
    }

    private void checkRecovered(JournalView before, AckLevel lowest) {
        final long first = keeping.firstPosition();
        Broken.unless(
                first == 0 || world.shape().dropsMessages(),
                Promise.ACKNOWLEDGED_IS_KEPT,
                () -> "the journal begins at " + first);
        world.ledger().checkSurvivors(view, before, lowest, first);
        final List<Entry> kept = world.disk().read(first, keeping.journal().tail());
        final List<Entry> due =
                view.entries().subList(view.indexOf(first), view.entries().size());
        for (int i = 0; i < Math.max(kept.size(), due.size()); i++) {
            final Entry is = i < kept.size() ? kept.get(i) : null;
            final Entry was = i < due.size() ? due.get(i) : null;
            Broken.unless(
                    was != null && was.equals(is),
                    Promise.TRUE_BYTES,
                    () -> "recovered is " + is + " where there was " + was);
        }
    }

    private boolean keeps(Entry entry, AckLevel level) {
        return life.isOver()
                || level == AckLevel.RECEIVED
                || entry.position() < keeping.journal().head()
                || world.disk().keeps(entry, level);
    }

    JournalView view() {
        return view;
    }

    /** Of its journal. */
    int epoch() {
        return keeping.journal().epoch();
    }

    Life life() {
        return life;
    }

    List<SimLink> links() {
        return links;
    }

    boolean isStopping() {
        return isStopping;
    }

    List<SessionView> sessions() {
        return broker.sessions();
    }

    void connected(SimLink link) {
        links.removeIf(old -> !old.server().isOpen());
        links.add(link);
        link.server()
                .attach(world.parts()
                        .serverEnd(
                                this,
                                broker.onConnected(
                                        link.server(), new ListenerTerms(true, false, List.of(), Shape.MAX_FRAME))));
    }

    /** Writes down what was appended. */
    void read(Ledger ledger) {
        int found = reader.poll();
        while (found == JournalCursor.FRAME) {
            if (FrameDescriptor.templateId(reader.buffer(), reader.offset()) == MessageDecoder.TEMPLATE_ID) {
                view.append(Entry.of(message, reader.buffer(), reader.offset(), reader.position()), ledger);
            }
            found = reader.poll();
        }
        Broken.unless(
                found == JournalCursor.END || found == JournalCursor.COLD,
                Promise.NO_SURPRISE,
                () -> "the reader of the journal was lapped");
    }

    /** Says goodbye, and runs this when all are gone, or when they take too long. */
    void stop(Runnable whenDone) {
        isStopping = true;
        broker.close();
        awaitIdle(world.time().nowNs() + STOP_NS, whenDone);
    }

    void end() {
        life.end();
    }

    /** Closes the journal in order; nothing else happens in this life. */
    void closeJournal() {
        keeping.close();
    }

    @Override
    public long epochNs() {
        return EPOCH_NS + world.time().nowNs();
    }

    @Override
    public void authenticate(long sessionId, LogonRequest request, ServerAuthenticator judge) {
        final String user = request.user();
        life.after(chance.below(2_000_000), () -> broker.onAccepted(sessionId, user));
    }

    @Override
    public void scheduleCatchUp() {
        if (!isCatchUpScheduled) {
            isCatchUpScheduled = true;
            life.after(1_000 + chance.below(10_000), this::catchUp);
        }
    }

    @Override
    public void onRefused(String clientName, String peer, String code) {
        world.trace().add("server", "refused " + clientName + " " + peer + " " + code);
    }

    @Override
    public void onLogon(String clientName, String user, String peer) {
        world.trace().add("server", "logon " + clientName + " " + peer);
    }

    @Override
    public void onLogoff(String clientName, String user, String peer, String why) {
        world.trace().add("server", "logoff " + clientName + " " + peer + " " + why);
    }

    @Override
    public void onFault(FaultKind kind, String what, Throwable cause) {
        world.trace().add("server", "fault " + kind + " " + what);
        final boolean isDisk =
                kind == FaultKind.JOURNAL || kind == FaultKind.STORAGE_FULL || kind == FaultKind.SNAPSHOT;
        if (!isDisk || !world.server().isDiskInTrouble()) {
            throw new Broken(Promise.NO_SURPRISE, "server fault " + kind + " " + what, cause);
        }
        if (kind == FaultKind.JOURNAL) {
            world.server().onJournalFailed();
        }
    }

    private void awaitIdle(long untilNs, Runnable whenDone) {
        if (broker.isIdle() || world.time().nowNs() >= untilNs) {
            links.forEach(link -> link.cut("server stopped"));
            whenDone.run();
        } else {
            life.after(1_000_000, () -> awaitIdle(untilNs, whenDone));
        }
    }

    private void catchUp() {
        isCatchUpScheduled = false;
        if (broker.catchUp(8 * 1024)) {
            scheduleCatchUp();
        }
    }

    private void tick() {
        broker.onTimer(world.time().nowNs());
        life.after(TICK_NS, this::tick);
    }
}
