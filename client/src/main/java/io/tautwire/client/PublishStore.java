package io.tautwire.client;

import io.tautwire.TautwireException;
import io.tautwire.client.internal.OpenStore;
import io.tautwire.client.internal.StoreKeeping;
import io.tautwire.client.internal.StoreLimits;
import io.tautwire.client.internal.core.StoreOrigin;
import io.tautwire.codec.sbe.Code;
import io.tautwire.journal.Journal;
import io.tautwire.journal.JournalConfig;
import io.tautwire.journal.WhenFull;
import io.tautwire.journal.memory.MemoryStorage;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Where a client keeps what it published until the server has acknowledged or refused it: given to
 * {@link ClientConfig#store}, and opened by the client made with that. Serves one client. For one thread until then.
 *
 * <pre>{@code
 * PublishStore store = PublishStore.memory(64 << 20)
 *         .growTo(1 << 30)
 *         .onGrowth((from, to) -> LOGGER.warn("publish store grows from={} to={}", from, to));
 * Client client = new Client(new ClientConfig("pricer-1").store(store));
 * }</pre>
 *
 * <p>When it is full, and may not grow, {@code offer} returns {@link Publication#BACK_PRESSURED}, and {@code publish}
 * does what {@link ClientConfig#fullPolicy} says.
 */
public final class PublishStore {
    private static final long MIN_BYTES = 64 * 1024;

    /** 16 GiB in segments of the usual 4 MiB; as long as they are not used, some KiB for a table of them. */
    private static final int ADJUSTABLE_SEGMENTS = 4096;

    private final long bytes;
    private final AtomicReference<String> servedClient = new AtomicReference<>();
    private long growTo;
    private StoreGrowthListener growthListener;

    private PublishStore(long bytes) {
        this.bytes = bytes;
        this.growTo = bytes;
    }

    /**
     * A store in memory, which goes with the process.
     *
     * @param bytes bound, at least 64 KiB; memory is taken as it is needed.
     */
    public static PublishStore memory(long bytes) {
        return new PublishStore(bytes);
    }

    /**
     * Lets it grow: when its bound is reached, that is doubled, up to this one. It does not shrink again.
     *
     * @param maxBytes highest bound, at least the first one.
     */
    public PublishStore growTo(long maxBytes) {
        growTo = maxBytes;
        return this;
    }

    /** Told each time it grows; null for nobody. */
    public PublishStore onGrowth(StoreGrowthListener listener) {
        growthListener = listener;
        return this;
    }

    /** The bound that it begins with. */
    long bytes() {
        return bytes;
    }

    /** Adds what is wrong with it. */
    void check(List<String> faults) {
        if (bytes < MIN_BYTES) {
            faults.add("storeBytes=" + bytes + " is less than " + MIN_BYTES);
        } else if (growTo < bytes) {
            faults.add("growTo=" + growTo + " is less than the store's bytes=" + bytes);
        }
    }

    /**
     * Opens it for a client.
     *
     * @param isAdjustable whether connection strings may give another bound later.
     * @throws TautwireException CONFIGURATION_INVALID if it serves another client.
     */
    OpenStore open(ClientConfig config, boolean isAdjustable, Faults faults) {
        if (!servedClient.compareAndSet(null, config.name())) {
            throw new TautwireException(
                    Code.CONFIGURATION_INVALID,
                    "client=" + config.name() + " the publish store given serves client=" + servedClient.get()
                            + "; give each client a store of its own");
        }
        final StoreLimits limits = new StoreLimits(
                config.maxFrame(),
                isAdjustable || growTo > bytes ? bytes : Long.MAX_VALUE,
                growTo > bytes ? growTo : 0,
                growth(faults));
        return new OpenStore(
                new Journal(new MemoryStorage(), journalConfig(config.maxFrame(), isAdjustable)),
                incarnation(),
                StoreOrigin.NEW,
                StoreKeeping.MEMORY,
                limits);
    }

    /** Where a connection string may give the bound, the journal has room for more than the bound it begins with. */
    private JournalConfig journalConfig(int maxFrame, boolean isAdjustable) {
        final JournalConfig sized = JournalConfig.ofCapacity(0, 0, WhenFull.REFUSE, growTo, maxFrame);
        return isAdjustable
                ? new JournalConfig(
                        0,
                        0,
                        sized.segmentLength(),
                        Math.max(sized.maxSegments(), ADJUSTABLE_SEGMENTS),
                        sized.whenFull())
                : sized;
    }

    private StoreLimits.Growth growth(Faults faults) {
        final StoreGrowthListener listener = growthListener;
        return (from, to) -> {
            if (listener != null) {
                try {
                    listener.onGrowth(from, to);
                } catch (Throwable t) {
                    faults.report("growth listener", t);
                }
            }
        };
    }

    /** Random, for it is all that keeps two lives of one client name apart. */
    private static long incarnation() {
        final SecureRandom random = new SecureRandom();
        long id = 0;
        while (id == 0) {
            id = random.nextLong();
        }
        return id;
    }
}
