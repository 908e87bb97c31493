package io.tautwire.system.sim;

import java.util.PriorityQueue;

/** The simulation's only clock and only thread: what is due runs in the order of time, then of scheduling. */
final class VirtualTime {
    private final PriorityQueue<Due> queue = new PriorityQueue<>();
    private long nowNs;
    private long scheduled;
    private long events;

    long nowNs() {
        return nowNs;
    }

    /** How many events have run. */
    long events() {
        return events;
    }

    /** How many events wait for their time. */
    int waiting() {
        return queue.size();
    }

    void after(long delayNs, Runnable action) {
        queue.add(new Due(nowNs + delayNs, scheduled++, action));
    }

    /** Runs everything due until the given time, and after each of it {@code afterEach}; what is later stays. */
    void runUntil(long endNs, Runnable afterEach) {
        while (!queue.isEmpty() && queue.peek().timeNs() <= endNs) {
            final Due due = queue.remove();
            nowNs = due.timeNs();
            events++;
            due.action().run();
            afterEach.run();
        }
        nowNs = endNs;
    }

    private record Due(long timeNs, long order, Runnable action) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            final int byTime = Long.compare(timeNs, other.timeNs);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }
}
