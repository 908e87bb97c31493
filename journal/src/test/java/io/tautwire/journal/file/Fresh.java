package io.tautwire.journal.file;

import io.tautwire.journal.recovery.FrameRule;
import io.tautwire.journal.recovery.FrameVisitor;
import io.tautwire.journal.recovery.Recovered;
import io.tautwire.journal.recovery.Recovery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** Storages on new directories. */
final class Fresh {
    /** Runs each task before it returns. */
    static final StorageExecutors AT_ONCE = executors(Runnable::run);

    private static final AtomicInteger COUNT = new AtomicInteger();

    private Fresh() {}

    static StorageExecutors executors(Executor executor) {
        return new StorageExecutors(executor, executor, executor, executor, executor);
    }

    /** A storage of an empty journal, in a new directory below this one. */
    static FileStorage storage(Path below, SegmentMemory memory, int segmentLength) {
        return storage(below, memory, segmentLength, AT_ONCE, Integer.MAX_VALUE);
    }

    static FileStorage storage(
            Path below, SegmentMemory memory, int segmentLength, StorageExecutors executors, int maxHot) {
        final Path path = below.resolve("journal-" + COUNT.incrementAndGet());
        final JournalIdentity identity = new JournalIdentity(JournalKind.SERVER, 7, segmentLength, "", 0);
        final JournalDirectory directory = new JournalDirectory(new UnforcedDisk(), path);
        try {
            directory.disk().createDirectory(path);
            MarkFile.create(directory, 7);
            final Mark mark = Mark.read(directory, 7, "");
            final Recovered recovered;
            try (FileImage image = new FileImage(directory, identity, mark)) {
                recovered = Recovery.scan(image, FrameRule.stamped(), FrameVisitor.NONE);
            }
            return new FileStorage(
                    directory,
                    identity,
                    memory,
                    maxHot,
                    executors,
                    MarkFile.open(directory, mark, 0),
                    System::nanoTime,
                    recovered.firstSegment(),
                    recovered.tail());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
