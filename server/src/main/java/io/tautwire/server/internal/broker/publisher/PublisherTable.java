package io.tautwire.server.internal.broker.publisher;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Every publisher the broker remembers: those with a session, and those without one until they are forgotten. Forgotten
 * is who never published, who closed its store and was told every outcome, whose last session ended longer ago than the
 * retention, and, where there are too many, whose session ended first.
 */
public final class PublisherTable {
    /** Refused ranges kept for all publishers without a session. */
    private static final int IDLE_REFUSALS = 64 * 1024;

    private final int maxIdle;
    private final long retentionNs;
    private final Map<Identity, Publisher> active = new HashMap<>();
    private final Map<Identity, Publisher> idle = new LinkedHashMap<>();
    private long idleRefusals;

    /**
     * An empty table.
     *
     * @param maxIdle     publishers without a session to remember at most.
     * @param retentionNs how long to remember one of them.
     */
    public PublisherTable(int maxIdle, long retentionNs) {
        this.maxIdle = maxIdle;
        this.retentionNs = retentionNs;
    }

    /** The publisher that a session speaks for from now on. */
    public Publisher open(Identity identity) {
        final Publisher returning = idle.remove(identity);
        if (returning != null) {
            idleRefusals -= returning.refusals();
            active.put(identity, returning);
            return returning;
        }
        return active.computeIfAbsent(identity, Publisher::new);
    }

    /**
     * The last session of a publisher has ended.
     *
     * @param isDone whether nobody will come back with this incarnation, or ask about it.
     * @param nowNs  time of the broker's timer.
     */
    public void close(Publisher publisher, boolean isDone, long nowNs) {
        active.remove(publisher.identity());
        if (isDone || !publisher.hasPublished()) {
            return; // those who only read come and go in numbers, and must not push publishers out
        }
        publisher.idleSinceNs(nowNs);
        idle.put(publisher.identity(), publisher);
        idleRefusals += publisher.refusals();
        final Iterator<Publisher> eldest = idle.values().iterator();
        while (idle.size() > maxIdle || idleRefusals > IDLE_REFUSALS) {
            forget(eldest.next(), eldest);
        }
    }

    /** Forgets who is past the retention. */
    public void onTimer(long nowNs) {
        final Iterator<Publisher> eldest = idle.values().iterator();
        while (eldest.hasNext()) {
            final Publisher publisher = eldest.next();
            if (nowNs - publisher.idleSinceNs() < retentionNs) {
                return;
            }
            forget(publisher, eldest);
        }
    }

    /** How many publishers are remembered. */
    public int size() {
        return active.size() + idle.size();
    }

    private void forget(Publisher publisher, Iterator<Publisher> at) {
        idleRefusals -= publisher.refusals();
        at.remove();
    }
}
