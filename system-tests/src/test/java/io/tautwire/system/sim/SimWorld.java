package io.tautwire.system.sim;

import io.tautwire.codec.MessageView;
import io.tautwire.codec.sbe.Code;
import io.tautwire.journal.JournalCursor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.agrona.collections.LongArrayList;

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
    private final List<SimClient> clients = new ArrayList<>();
    private final List<SimSubscription> subscriptions = new ArrayList<>();
    private int links;

    SimWorld(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
        this.server = new SimServer(time, random, trace);
        clients.add(new SimClient(this, "shared"));
        clients.add(new SimClient(this, "shared"));
        clients.add(new SimClient(this, "alone"));
        clients.add(new SimClient(this, "other"));
        time.after(1_000_000, this::workload);
    }

    /** Runs to the end and checks everything. */
    void run() {
        try {
            time.runUntil(SETTLED_NS);
            checkSettled();
            new Ledger().check();
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

    void verify(boolean holds, Supplier<String> what) {
        if (!holds) {
            throw new AssertionError(what.get());
        }
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

    /** The journal, read from its beginning, against what publishers were told and subscribers got. */
    private final class Ledger {
        private final Map<Long, SimClient> byIncarnation = new HashMap<>();
        private final Map<Long, Long> lastSequence = new HashMap<>();
        private final Map<Long, Integer> appended = new HashMap<>();
        private final Map<SimSubscription, LongArrayList> expected = new HashMap<>();

        void check() {
            clients.forEach(client -> byIncarnation.put(client.incarnation(), client));
            subscriptions.forEach(subscription -> expected.put(subscription, new LongArrayList()));
            final JournalCursor cursor = server.journal().cursor(0);
            final MessageView message = new MessageView();
            while (cursor.poll() == JournalCursor.FRAME) {
                onAppended(message.wrap(cursor.buffer(), cursor.offset()));
            }
            clients.forEach(this::checkCount);
            subscriptions.forEach(this::checkDeliveries);
        }

        private void onAppended(MessageView message) {
            final SimClient client = byIncarnation.get(message.incarnation());
            final long sequence = message.sequence();
            final long before = lastSequence.getOrDefault(message.incarnation(), 0L);
            verify(sequence > before, () -> client.name() + " sequence=" + sequence + " after " + before);
            lastSequence.put(message.incarnation(), sequence);
            appended.merge(message.incarnation(), 1, Integer::sum);
            verify(
                    client.outcomes().get((int) sequence - 1) == Code.OK,
                    () -> client.name() + " appended refused sequence=" + sequence);
            verify(
                    client.publishedTopic(sequence).equals(message.topic()),
                    () -> client.name() + " topic of sequence=" + sequence);
            for (final SimSubscription subscription : subscriptions) {
                if (subscription.from() >= 0
                        && subscription.from() <= message.position()
                        && subscription
                                .pattern()
                                .matches(message.buffer(), message.topicOffset(), message.topicLength())) {
                    expected.get(subscription).addLong(message.position());
                }
            }
        }

        private void checkCount(SimClient client) {
            final long acknowledged =
                    client.outcomes().stream().filter(code -> code == Code.OK).count();
            verify(
                    acknowledged == appended.getOrDefault(client.incarnation(), 0),
                    () -> client.name() + " acknowledged=" + acknowledged + " appended="
                            + appended.get(client.incarnation()));
        }

        private void checkDeliveries(SimSubscription subscription) {
            final LongArrayList want = expected.get(subscription);
            final LongArrayList got = subscription.positions();
            verify(
                    got.size() <= want.size() && (subscription.hasEnded() || got.size() == want.size()),
                    () -> subscription + " got " + got.size() + " of " + want.size());
            for (int i = 0; i < got.size(); i++) {
                final int at = i;
                verify(
                        got.getLong(i) == want.getLong(i),
                        () -> subscription + " message " + at + " is at " + got.getLong(at) + ", not "
                                + want.getLong(at));
            }
        }
    }
}
