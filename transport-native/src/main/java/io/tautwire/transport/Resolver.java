package io.tautwire.transport;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/**
 * Looks host names up. The Java runtime blocks while it does, so it happens on threads apart. Literal addresses need
 * none.
 */
final class Resolver implements AutoCloseable {
    /** One lookup that hangs must not hold up the next host's. */
    private static final int MAX_THREADS = 4;

    private final HelperThreads threads;
    private final Lookup lookup;

    /** How a name becomes addresses. */
    @FunctionalInterface
    interface Lookup {
        /** Blocks. */
        List<InetAddress> addresses(String host) throws UnknownHostException;
    }

    Resolver(String threadName, Lookup lookup) {
        threads = new HelperThreads(MAX_THREADS, threadName);
        this.lookup = lookup;
    }

    /** All addresses of a host in the system's order. Blocks for a name. */
    static List<InetAddress> addresses(String host) throws UnknownHostException {
        return List.of(InetAddress.getAllByName(host));
    }

    /**
     * All addresses of a host, in the lookup's order. Does not block: completes at once for a literal address, else on
     * another thread.
     */
    CompletableFuture<List<InetAddress>> resolve(String host) {
        final CompletableFuture<List<InetAddress>> result = new CompletableFuture<>();
        if (NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host)) {
            complete(result, () -> addresses(host));
            return result;
        }
        try {
            threads.execute(() -> complete(result, () -> lookup.addresses(host)));
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(e);
        }
        return result;
    }

    private static <T> void complete(CompletableFuture<T> result, Callable<T> task) {
        try {
            result.complete(task.call());
        } catch (Exception e) {
            result.completeExceptionally(e);
        }
    }

    /** Ends the threads; one in the middle of a lookup ends when the system answers, for it cannot be interrupted. */
    @Override
    public void close() {
        threads.close();
    }

    /** Waits until the threads have ended. */
    void awaitEnd(long timeoutNs) throws InterruptedException {
        threads.awaitEnd(timeoutNs);
    }
}
