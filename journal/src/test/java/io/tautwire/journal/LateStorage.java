package io.tautwire.journal;

import java.util.ArrayDeque;

/** Any storage, made to answer late: a request is carried out, and completes, only by {@link #step}. */
public final class LateStorage implements Storage {
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private final Storage storage;

    /** Delays this storage. */
    public LateStorage(Storage storage) {
        this.storage = storage;
    }

    /** Carries the oldest request out; false if there is none. */
    public boolean step() {
        final Runnable request = waiting.poll();
        if (request != null) {
            request.run();
        }
        return request != null;
    }

    @Override
    public void open(StorageListener listener, int segmentLength) {
        storage.open(listener, segmentLength);
    }

    @Override
    public void prepare(long segmentPosition) {
        waiting.add(() -> storage.prepare(segmentPosition));
    }

    @Override
    public void write(long position, int length) {
        waiting.add(() -> storage.write(position, length));
    }

    @Override
    public void force(long position) {
        waiting.add(() -> storage.force(position));
    }

    @Override
    public void read(long segmentPosition) {
        waiting.add(() -> storage.read(segmentPosition));
    }

    @Override
    public void cool(long segmentPosition) {
        waiting.add(() -> storage.cool(segmentPosition));
    }

    @Override
    public void head(long position) {
        storage.head(position);
    }

    @Override
    public void release(long segmentPosition) {
        waiting.add(() -> storage.release(segmentPosition));
    }

    @Override
    public void close() {
        waiting.clear();
        storage.close();
    }
}
