package io.tautwire.cli.demo;

import io.tautwire.TautwireException;
import io.tautwire.cli.session.Session;
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
import java.util.function.Function;

/**
 * Publishes trades to a server over one session, and follows them to two subscribers, each on a session of its own. Use
 * once, on one thread.
 *
 * <p>The publisher goes at full speed, but never more than {@value #WINDOW} messages ahead of the slower subscriber:
 * without that bound, the time to delivery would say nothing but how long the demonstration had been running.
 */
final class DemoRun {
    /** Most messages under way at once. */
    static final int WINDOW = 1024;

    private static final int LOOK_EVERY = 64;
    private static final long PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Trades trades;
    private final int total;
    private final PublishTimes times = new PublishTimes(2 * WINDOW);
    private final DeliveryAudit all;
    private final DeliveryAudit narrow;
    private final Progress progress;
    private final Stop stop;

    /**
     * A run.
     *
     * @param trades   what is published, again and again where there are too few.
     * @param total    how many messages.
     * @param progress where to draw.
     * @param stop     ends it before its time.
     */
    DemoRun(Trades trades, int total, Progress progress, Stop stop) {
        this.trades = trades;
        this.total = total;
        this.all = new DeliveryAudit(trades, total, times);
        this.narrow = new DeliveryAudit(trades, total, times);
        this.progress = progress;
        this.stop = stop;
    }

    /**
     * Publishes on {@code root/BTCUSD}, with subscriptions to that and to {@code root/#}.
     *
     * @param root     first level of the topic.
     * @param sessions logs on with what is to be added to the client name.
     */
    DemoResult run(String root, Function<String, Session> sessions) throws InterruptedException {
        final String topic = root + "/BTCUSD";
        try (Session first = sessions.apply("-all");
                Session second = sessions.apply("-narrow");
                Session publisher = sessions.apply("")) {
            subscribe(first.client(), root + "/#", all);
            subscribe(second.client(), topic, narrow);
            final AtomicLong acknowledged = new AtomicLong();
            publisher
                    .client()
                    .ackListener((from, to, code, reason, level) ->
                            acknowledged.addAndGet(code == Code.OK ? to - from + 1 : 0));
            final long startNs = System.nanoTime();
            publish(publisher.client().publication(topic));
            publisher.await(publisher.client().publishFlushAsync(), PATIENCE.toNanos(), this::show);
            awaitDelivery(total);
            final long elapsedNs = System.nanoTime() - startNs;
            settle(first.client());
            settle(second.client());
            return DemoResult.of(total, acknowledged.get(), publisher.ackLevel(), List.of(all, narrow), elapsedNs);
        }
    }

    private static void subscribe(Client client, String pattern, DeliveryAudit audit) {
        client.subscribe(
                pattern,
                message -> audit.onDelivery(
                        message.sequence(),
                        message.body(),
                        message.bodyOffset(),
                        message.bodyLength(),
                        System.nanoTime()));
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
        requireNotStopped();
        while (slowest() < sequence) {
            show();
            requireNotStopped();
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

    private void requireNotStopped() {
        if (stop.requested()) {
            throw new TautwireException(Code.INTERRUPTED, "ended by the user; delivered=" + slowest());
        }
    }

    private long slowest() {
        return Math.min(all.highest(), narrow.highest());
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
