package io.tautwire.system.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * One broker, some clients, two of them under one name, and links that delay, split and break; all from one seed. After
 * a while nothing breaks any more, everything must settle, and what each side saw is compared with the journal.
 */
final class SimWorld {
    private static final long DISTURBED_NS = 1_000_000_000L;
    private static final long SETTLED_NS = DISTURBED_NS + 2_000_000_000L;

    private final long seed;
    private final Random random;
    private final VirtualTime time = new VirtualTime();
    private final Trace trace = new Trace(time);
    private final SimServer server;
    private final Ledger ledger;
    private final long slowestNs;
    private final List<SimClient> clients = new ArrayList<>();
    private final List<SimSubscription> subscriptions = new ArrayList<>();
    private int links;

    private SimWorld(long seed, int segmentLength, int maxSegments, long slowestNs) {
        this.seed = seed;
        this.random = new Random(seed);
        this.slowestNs = slowestNs;
        this.server = new SimServer(time, random, trace, segmentLength, maxSegments);
        this.ledger = new Ledger(server.journal());
        clients.add(new SimClient(this, "shared", false));
        clients.add(new SimClient(this, "shared", false));
        clients.add(new SimClient(this, "alone", false));
        clients.add(new SimClient(this, "other", true));
        time.after(1_000_000, this::workload);
    }

    /** A world whose server never drops a message. */
    static SimWorld roomy(long seed) {
        return new SimWorld(seed, 1 << 20, 64, 5_000_000);
    }

    /** A world whose server drops messages before slow subscriptions have got them. */
    static SimWorld narrow(long seed) {
        return new SimWorld(seed, 1 << 15, 4, 80_000_000);
    }

    /** Runs to the end and checks everything. */
    void run() {
        try {
            time.runUntil(SETTLED_NS, ledger::onStep);
            checkSettled();
            ledger.check(clients, subscriptions);
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(
                    "seed=" + seed + " at " + time.nowNs() + " ns; last events:\n" + trace.tail(40), e);
        }
    }

    VirtualTime time() {
        return time;
    }

    Random random() {
        return random;
    }

    Trace trace() {
        return trace;
    }

    SimServer server() {
        return server;
    }

    List<SimSubscription> subscriptions() {
        return subscriptions;
    }

    List<SimClient> clients() {
        return clients;
    }

    int nextLink() {
        return links++;
    }

    /** The longest that a subscription keeps credit before it gives it back. */
    long slowestNs() {
        return slowestNs;
    }

    void verify(boolean holds, Supplier<String> what) {
        Ledger.verify(holds, what);
    }

    private void workload() {
        if (time.nowNs() < DISTURBED_NS) {
            final SimClient client = clients.get(random.nextInt(clients.size()));
            if (random.nextInt(25) == 0) {
                client.disturb();
            } else {
                client.publishBurst();
            }
            time.after(100_000 + random.nextInt(4_000_000), this::workload);
        }
    }

    private void checkSettled() {
        for (final SimClient client : clients) {
            verify(client.outstanding() == 0, () -> client.name() + " outstanding=" + client.outstanding());
            verify(!client.outcomes().isEmpty(), () -> client.name() + " published nothing");
        }
    }
}
