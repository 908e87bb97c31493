package io.tautwire.system.sim;

import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.MessageView;
import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.codec.sbe.MessageDecoder;
import io.tautwire.journal.Journal;
import io.tautwire.journal.JournalConfig;
import io.tautwire.journal.JournalCursor;
import io.tautwire.journal.WhenFull;
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
    private final Journal journal;
    private final Broker broker;
    private final JournalView view;
    private final JournalCursor reader;
    private final MessageView message = new MessageView();
    private final List<SimLink> links = new ArrayList<>();
    private boolean isCatchUpScheduled;
    private boolean isStopping;

    ServerLife(SimWorld world, int number) {
        this.world = world;
        this.chance = world.chance("server " + number);
        this.life = new Life(world.time());
        final Shape shape = world.shape();
        this.journal = new Journal(
                world.parts().serverStorage(),
                new JournalConfig(chance.next(), 1, shape.segmentLength(), shape.maxSegments(), WhenFull.DROP_OLDEST));
        this.view = new JournalView(number, journal.journalId(), null, 0);
        this.reader = journal.cursor(0);
        this.broker = new Broker(
                new BrokerConfig(
                        Shape.LIMITS, new NoForbiddenTopic(), LogonPolicy.VERIFYING, AckLevel.RECEIVED, "simulated"),
                journal,
                this);
        life.after(TICK_NS, this::tick);
    }

    JournalView view() {
        return view;
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
        Broken.unless(found == JournalCursor.END, Promise.NO_SURPRISE, () -> "the reader of the journal was lapped");
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
        throw new Broken(Promise.NO_SURPRISE, "server fault " + kind + " " + what, cause);
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
