package io.tautwire.system.sim;

import java.util.concurrent.Executor;

/** The life of one process: what it has scheduled happens only while it lasts. */
final class Life {
    private final VirtualTime time;
    private boolean isOver;

    Life(VirtualTime time) {
        this.time = time;
    }

    boolean isOver() {
        return isOver;
    }

    /** The process is dead: nothing of it happens any more. */
    void end() {
        isOver = true;
    }

    void after(long delayNs, Runnable action) {
        time.after(delayNs, () -> {
            if (!isOver) {
                action.run();
            }
        });
    }

    /** A thread of the process: runs what it is given in order, each piece some time after the one before. */
    Executor thread(Chance chance, int maxDelayNs) {
        return new Executor() {
            private long freeNs;

            @Override
            public void execute(Runnable task) {
                freeNs = Math.max(freeNs, time.nowNs()) + 1 + chance.below(maxDelayNs);
                after(freeNs - time.nowNs(), task);
            }
        };
    }
}
