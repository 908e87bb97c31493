package io.tautwire.system.sim;

/**
 * One step of a plan.
 *
 * @param atNs when it is due.
 * @param deed what is done.
 * @param who  number of the client that it is about.
 * @param luck seed of whatever else is left to chance in it.
 */
record Step(long atNs, Deed deed, int who, long luck) {
    Chance chance() {
        return Chance.of(luck, "step");
    }

    @Override
    public String toString() {
        return String.format("%13.6f ms %s client %d", atNs / 1e6, deed, who);
    }
}
