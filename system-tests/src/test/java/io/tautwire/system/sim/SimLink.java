package io.tautwire.system.sim;

import java.util.Random;

/**
 * A connection between two cores. Bytes arrive in order but late, in pieces of any size, until somebody closes the
 * link or chance cuts it; then both ends learn it, each in its own time, and bytes under way are lost.
 */
final class SimLink {
    private final VirtualTime time;
    private final Random random;
    private final Trace trace;
    private final String name;
    private final SimWire left;
    private final SimWire right;
    private boolean isDown;

    SimLink(VirtualTime time, Random random, Trace trace, String name) {
        this.time = time;
        this.random = random;
        this.trace = trace;
        this.name = name;
        this.left = new SimWire(this, name + ">");
        this.right = new SimWire(this, name + "<");
        left.pair(right);
        right.pair(left);
    }

    SimWire left() {
        return left;
    }

    SimWire right() {
        return right;
    }

    boolean isDown() {
        return isDown;
    }

    /** Loses what is under way and ends both sides. */
    void cut(String why) {
        if (!isDown) {
            isDown = true;
            trace.add(name + " down: " + why);
            end(left);
            end(right);
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

    private void end(SimWire wire) {
        time.after(delayNs(), wire::end);
    }

    /** Mostly some microseconds, sometimes a millisecond. */
    long delayNs() {
        return random.nextInt(100) == 0 ? 1_000_000 + random.nextInt(3_000_000) : 1_000 + random.nextInt(40_000);
    }
}
