package io.tautwire.cli.demo;

import io.tautwire.TautwireException;
import io.tautwire.cli.terminal.Progress;
import io.tautwire.cli.terminal.Stop;
import io.tautwire.client.Client;
import io.tautwire.client.Publication;
import io.tautwire.codec.sbe.Code;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Publishes the trades to a server over one session, and follows them to two subscribers, each on a session of its own.
 * Use once, on one thread.
 *
 * <p>The publisher goes at full speed, but never more than {@value #WINDOW} messages ahead of the slower subscriber:
 * without that bound, the time to delivery would say nothing but how long the demonstration had been running.
 */
public final class Demo {
    /** Most messages under way at once. */
    public static final int WINDOW = 1024;

    /** The subscriptions: everything about trades, and this one topic. */
    public static final List<String> PATTERNS = List.of("trades/#", "trades/BTCUSD");

    /** Most repetitions that a demonstration can count. */
    public static final int MAX_REPEAT = 10_000;

    private static final String TOPIC = "trades/BTCUSD";
    private static final int LOOK_EVERY = 64;
    private static final long PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Trades trades = Trades.load();
    private final PublishTimes times = new PublishTimes(2 * WINDOW);
    private final int total;
    private final List<DeliveryAudit> audits;
    private final Progress progress;
    private final Stop stop;

    /**
     * A demonstration.
     *
     * @param repeat   how many times all trades are published.
     * @param progress where to draw.
     * @param stop     ends it before its time.
     */
    public Demo(int repeat, Progress progress, Stop stop) {
        this.total = Math.multiplyExact(trades.count(), repeat);
        this.audits = PATTERNS.stream()
                .map(pattern -> new DeliveryAudit(trades, total, times))
                .toList();
        this.progress = progress;
        this.stop = stop;
    }

    /**
     * Runs against the server at a connection string.
     *
     * @param uri  where the server listens.
     * @param name beginning of the client names.
     * @throws TautwireException if anything fails, {@link Code#TIMED_OUT} if messages stop coming,
     *     {@link Code#INTERRUPTED} if the user ended it.
     */
    public DemoResult run(String uri, String name) {
        try (Client all = subscriber(uri, name + "-all", 0);
                Client narrow = subscriber(uri, name + "-narrow", 1);
                Client publisher = Client.connect(uri, name)) {
            final AtomicLong acknowledged = new AtomicLong();
            publisher.ackListener(
                    (from, to, code, reason, level) -> acknowledged.addAndGet(code == Code.OK ? to - from + 1 : 0));
            final long startNs = System.nanoTime();
            publish(publisher.publication(TOPIC));
            publisher.publishFlush(PATIENCE);
            awaitDelivery(total);
            final long elapsedNs = System.nanoTime() - startNs;
            settle(all);
            settle(narrow);
            return DemoResult.of(total, acknowledged.get(), publisher.ackLevel().name(), audits, elapsedNs);
        }
    }

    private Client subscriber(String uri, String name, int index) {
        final Client client = Client.connect(uri, name);
        final DeliveryAudit audit = audits.get(index);
        client.subscribe(
                PATTERNS.get(index),
                message -> audit.onDelivery(
                        message.sequence(),
                        message.body(),
                        message.bodyOffset(),
                        message.bodyLength(),
                        System.nanoTime()));
        return client;
    }

    private void publish(Publication publication) {
        for (int sequence = 1; sequence <= total; sequence++) {
            if (sequence % LOOK_EVERY == 0 && !awaitDelivery(sequence + LOOK_EVERY - WINDOW)) {
                throw new TautwireException(Code.TIMED_OUT, "deliveries stopped at sequence=" + slowest());
            }
            final int index = (sequence - 1) % trades.count();
            times.put(sequence, System.nanoTime());
            publication.publish(trades.bodies(), trades.offset(index), trades.length(index));
        }
    }

    /** Waits until every subscriber got the message with this sequence; false when the slower one gets no more. */
    private boolean awaitDelivery(int sequence) {
        long seen = slowest();
        long deadlineNs = System.nanoTime() + PATIENCE.toNanos();
        while (slowest() < sequence) {
            show();
            if (stop.requested()) {
                throw new TautwireException(Code.INTERRUPTED, "ended by the user; delivered=" + slowest());
            }
            if (slowest() > seen) {
                seen = slowest();
                deadlineNs = System.nanoTime() + PATIENCE.toNanos();
            } else if (System.nanoTime() - deadlineNs > 0) {
                return false;
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
        show();
        return true;
    }

    private long slowest() {
        return Math.min(audits.get(0).highest(), audits.get(1).highest());
    }

    private void show() {
        if (progress.isDue()) {
            progress.show(Progress.bar(slowest(), total) + "  %,d of %,d trades".formatted(slowest(), total));
        }
    }

    /**
     * One more round trip on a subscriber's session: what the server had still to deliver there comes before the
     * answer, so a duplicate that follows the last message is seen too.
     */
    private static void settle(Client subscriber) {
        subscriber.subscribe("demo/end", message -> {}).close();
    }
}
