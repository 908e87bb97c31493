package io.tautwire.client;

/** Told when a publish store had to grow: the server is slower than the publisher, or away. */
@FunctionalInterface
public interface StoreGrowthListener {
    /**
     * The bound of the store is another one from now on. Runs on the thread that publishes, before its message is
     * stored; an exception goes to the {@link ErrorHandler}.
     *
     * @param fromBytes the bound until now, which was reached.
     * @param toBytes   the bound from now on.
     */
    void onGrowth(long fromBytes, long toBytes);
}
