package io.tautwire.client;

import io.tautwire.client.internal.OpenStore;
import io.tautwire.client.internal.StoreFile;
import io.tautwire.client.internal.StoreKeeping;
import io.tautwire.client.internal.StoreLimits;
import io.tautwire.client.internal.core.StoreOrigin;
import io.tautwire.journal.Journal;
import io.tautwire.journal.JournalConfig;
import io.tautwire.journal.WhenFull;
import io.tautwire.journal.memory.MemoryStorage;
import io.tautwire.transport.connection.ConnectionOption;
import io.tautwire.transport.connection.ConnectionString;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Where a client keeps what it published until the server has acknowledged or refused it: given to
 * {@link ClientConfig#store}, and opened by the client made with that. Several clients may
 * be made with one that is in memory, which gives each its own; one in files is open in one client at a time.
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

    private final Path directory;
    private final long bytes;
    private long growTo;
    private boolean synced;
    private StoreGrowthListener growthListener;

    private PublishStore(Path directory, long bytes) {
        this.directory = directory;
        this.bytes = bytes;
        this.growTo = bytes;
    }

    /**
     * A store in memory, which goes with the process.
     *
     * @param bytes bound, at least 64 KiB; memory is taken as it is needed.
     */
    public static PublishStore memory(long bytes) {
        return new PublishStore(null, bytes);
    }

    /**
     * A store in files. What {@code offer} or {@code publish} returned a sequence for survives the death of the
     * process, whatever kills it, and is sent by the next client that opens the store: one of the same name, which goes
     * on with its incarnation and sequences. A store that is open elsewhere, or another client's, is refused.
     *
     * @param directory holds the files, and nothing else; created if need be.
     * @param bytes     bound, at least 64 KiB. The files take a little more: whole segments, and two to spare.
     */
    public static PublishStore file(Path directory, long bytes) {
        return new PublishStore(Objects.requireNonNull(directory, "directory"), bytes);
    }

    /**
     * Whether what {@code offer} and {@code publish} return a sequence for is to survive a crash of the machine too:
     * they wait for the disk then, together with others that publish meanwhile, and nothing is sent before it is there.
     * Only for a store in files, and off by default: after a crash of the machine a store that is not synced may have
     * lost its last commands, and does not log on (STORE_BEHIND) where the server has got further.
     */
    public PublishStore synced(boolean isSynced) {
        synced = isSynced;
        return this;
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

    /** Where it lies; null for memory. */
    Path directory() {
        return directory;
    }

    /** The bound that it begins with. */
    long bytes() {
        return bytes;
    }

    /** Whether a connection string that names this store, or none, can be connected with. */
    boolean isNamedBy(ConnectionString target) {
        final String named = target.storeDirectory();
        if (!target.isGiven(ConnectionOption.STORE)) {
            return true;
        }
        return directory == null
                ? named == null
                : named != null && Path.of(named).toAbsolutePath().normalize().equals(absolute());
    }

    private Path absolute() {
        return directory.toAbsolutePath().normalize();
    }

    @Override
    public String toString() {
        return "store=" + (directory == null ? "memory" : directory) + " bytes=" + bytes;
    }

    /** Adds what is wrong with it. */
    void check(List<String> faults) {
        if (bytes < MIN_BYTES) {
            faults.add("storeBytes=" + bytes + " is less than " + MIN_BYTES);
        } else if (growTo < bytes) {
            faults.add("growTo=" + growTo + " is less than the store's bytes=" + bytes);
        }
        if (synced && directory == null) {
            faults.add("synced=true, but the store is in memory; give it a directory, or leave synced out");
        }
    }

    /**
     * Opens it for a client, for good.
     *
     * @param isAdjustable whether connection strings may give another bound later.
     * @throws io.tautwire.TautwireException as {@link StoreFile#open}.
     */
    OpenStore open(ClientConfig config, boolean isAdjustable, Faults faults) {
        return directory == null ? openMemory(config, isAdjustable, faults) : openFile(config, isAdjustable, faults);
    }

    private OpenStore openMemory(ClientConfig config, boolean isAdjustable, Faults faults) {
        final JournalConfig sized = sized(config);
        final JournalConfig journal = isAdjustable
                ? new JournalConfig(
                        0,
                        0,
                        sized.segmentLength(),
                        Math.max(sized.maxSegments(), ADJUSTABLE_SEGMENTS),
                        sized.whenFull())
                : sized;
        final long bound = isAdjustable || growTo > bytes ? bytes : Long.MAX_VALUE;
        return new OpenStore(
                new Journal(new MemoryStorage(), journal),
                StoreFile.randomId(),
                StoreOrigin.NEW,
                StoreKeeping.MEMORY,
                limits(config, bound, faults));
    }

    private OpenStore openFile(ClientConfig config, boolean isAdjustable, Faults faults) {
        final JournalConfig sized = sized(config);
        // The one that is being left counts too, and the one that keeps the last command.
        final int segments = Math.addExact(sized.maxSegments(), 2);
        return StoreFile.open(
                directory,
                config.name(),
                sized.segmentLength(),
                (long) sized.segmentLength() * (isAdjustable ? Math.max(segments, ADJUSTABLE_SEGMENTS) : segments),
                synced ? StoreKeeping.SYNCED : StoreKeeping.WRITTEN,
                limits(config, bytes, faults),
                fault -> faults.report("publish store", fault));
    }

    private JournalConfig sized(ClientConfig config) {
        return JournalConfig.ofCapacity(0, 0, WhenFull.REFUSE, growTo, config.maxFrame());
    }

    private StoreLimits limits(ClientConfig config, long bound, Faults faults) {
        return new StoreLimits(config.maxFrame(), bound, growTo > bytes ? growTo : 0, growth(faults));
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
}
