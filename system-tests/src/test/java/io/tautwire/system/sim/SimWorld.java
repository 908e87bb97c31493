package io.tautwire.system.sim;

import io.tautwire.codec.sbe.Code;
import io.tautwire.journal.file.FaultyDisk;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One server, some clients, two of them under one name, and a network between them; all from one seed. A plan says what
 * is done to it and what breaks. After a while nothing breaks any more, and everything must settle. What each side was
 * told is checked against the journal after every event.
 */
final class SimWorld {
    static final int CLIENTS = 4;

    private static final long SETTLED_NS = Plan.DISTURBED_NS + 2_000_000_000L;

    private final Plan plan;
    private final Shape shape;
    private final Parts parts;
    private final VirtualTime time = new VirtualTime();
    private final Trace trace;
    private final Ledger ledger = new Ledger();
    private final Names names = new Names(time);
    private final List<SimSubscription> subscriptions = new ArrayList<>();
    private final List<SimClient> clients = new ArrayList<>();
    private final Map<Code, Integer> ends = new EnumMap<>(Code.class);
    private final ServerDisk disk;
    private final Watch watch;
    private final SimServer server;
    private JournalView view;
    private int reopenedStores;

    SimWorld(Plan plan, Parts parts, boolean isTraced) {
        this.plan = plan;
        this.shape = Shape.of(plan.seed());
        this.parts = parts;
        this.trace = new Trace(time, isTraced);
        this.disk = new ServerDisk(new FaultyDisk(plan.seed()), shape.segmentLength());
        this.watch = new Watch(this);
        this.server = new SimServer(this);
        for (int i = 0; i < CLIENTS; i++) {
            final String name = i < 2 ? "shared" : "alone-" + i;
            clients.add(new SimClient(this, i, name, i == CLIENTS - 1));
        }
        plan.steps().forEach(step -> time.after(step.atNs(), () -> take(step)));
    }

    /**
     * Runs to the end, checking.
     *
     * @throws Broken if a promise was.
     */
    void run() {
        try {
            time.runUntil(SETTLED_NS, this::check);
            checkSettled();
        } catch (RuntimeException e) {
            throw new Broken(Promise.NO_SURPRISE, String.valueOf(e), e);
        }
    }

    VirtualTime time() {
        return time;
    }

    Trace trace() {
        return trace;
    }

    Shape shape() {
        return shape;
    }

    Parts parts() {
        return parts;
    }

    Ledger ledger() {
        return ledger;
    }

    Names names() {
        return names;
    }

    ServerDisk disk() {
        return disk;
    }

    SimServer server() {
        return server;
    }

    List<SimClient> clients() {
        return clients;
    }

    /** All there ever were. */
    List<SimSubscription> subscriptions() {
        return subscriptions;
    }

    int nextSubscription() {
        return subscriptions.size();
    }

    /** How often sessions ended with a code. */
    int ends(Code code) {
        return ends.getOrDefault(code, 0);
    }

    /** The chance of one part. */
    Chance chance(String part) {
        return Chance.of(plan.seed(), part);
    }

    /** The journal of the server's last life; null before the first. */
    JournalView view() {
        return view;
    }

    void begin(ServerLife life) {
        view = life.view();
    }

    /** A store was opened again with commands in it. */
    void sawStoreReopened() {
        reopenedStores++;
    }

    int reopenedStores() {
        return reopenedStores;
    }

    void sawEnd(Code code) {
        ends.merge(code, 1, Integer::sum);
    }

    private void check() {
        if (server.life() != null) {
            server.life().read(ledger);
        }
        watch.check();
    }

    private void take(Step step) {
        if (trace.isKept()) {
            trace.add("plan", step.deed() + " " + step.who());
        }
        final Chance luck = step.chance();
        final SimClient client = clients.get(step.who());
        switch (step.deed()) {
            case CLIENT_CLOSE -> client.close(luck);
            case CLIENT_KILL -> client.kill(luck);
            case SERVER_STOP -> server.stop(luck.below(50_000_000));
            case SERVER_KILL -> server.kill(luck.below(50_000_000));
            case DISK_FULL -> server.fillDisk(luck.below(50_000_000));
            case DISK_FAILS -> server.breakDisk(luck);
            case POWER_CUT -> cutPower(luck);
            default -> {
                if (client.life() != null) {
                    take(step.deed(), client.life(), luck);
                }
            }
        }
    }

    private void cutPower(Chance luck) {
        final long downNs = 5_000_000 + luck.below(100_000_000);
        server.powerCut(downNs);
        if (luck.oneIn(3)) {
            server.killAgain(downNs, luck);
        }
    }

    private static void take(Deed deed, ClientLife client, Chance luck) {
        switch (deed) {
            case PUBLISH -> client.publish(luck);
            case SUBSCRIBE -> client.subscribe(luck);
            case UNSUBSCRIBE -> client.unsubscribe(luck);
            case LEAVE -> client.leave();
            default -> {
                if (client.link() != null) {
                    disturb(deed, client.link(), luck);
                }
            }
        }
    }

    private static void disturb(Deed deed, SimLink link, Chance luck) {
        switch (deed) {
            case CUT -> link.cut("chance");
            case HALF_OPEN -> link.vanish(luck.coin(), luck.oneIn(3));
            case SLOW_READER -> (luck.coin() ? link.client() : link.server()).stall(luck.below(100_000_000));
            default -> throw new IllegalStateException(deed.name());
        }
    }

    private void checkSettled() {
        for (final SimClient client : clients) {
            final ClientLife life = client.life();
            Broken.unless(life != null && life.isAtRest(), Promise.PROGRESS, () -> client + " is not logged on");
            Broken.unless(
                    life.isSettled(),
                    Promise.PROGRESS,
                    () -> client + " knows outcomes up to " + life.holder().toldTo() + " of "
                            + life.holder().lastSequence());
            if (life.isLoggedOn()) {
                life.subscriptions().forEach(SimSubscription::checkComplete);
            }
        }
    }
}
