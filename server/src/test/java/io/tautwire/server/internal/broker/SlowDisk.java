package io.tautwire.server.internal.broker;

import io.tautwire.journal.Storage;
import io.tautwire.journal.StorageListener;
import io.tautwire.journal.memory.MemoryStorage;
import java.io.IOException;
import java.util.ArrayDeque;

/** Memory that behaves like a disk: what it is asked for is done when the test says so, or fails. */
final class SlowDisk implements Storage {
    private final Storage memory = new MemoryStorage();
    private final ArrayDeque<Long> prepares = new ArrayDeque<>();
    private final ArrayDeque<Long> writes = new ArrayDeque<>();
    private final ArrayDeque<Long> forces = new ArrayDeque<>();
    private StorageListener listener;

    /** Whether segments are prepared only by {@link #prepared}. */
    boolean isPreparingLate;

    /** Everything asked to be written is, and no more. */
    void written() {
        while (!writes.isEmpty()) {
            listener.onWritten(writes.poll());
        }
    }

    /** Everything asked to be forced is. */
    void forced() {
        written();
        while (!forces.isEmpty()) {
            listener.onForced(forces.poll());
        }
    }

    /** The oldest of what was asked to be forced is. */
    void forcedOnce() {
        written();
        listener.onForced(forces.remove());
    }

    /** The oldest of what was asked to be forced cannot be. */
    void failForce() {
        listener.onFailed(StorageListener.Request.FORCE, forces.remove(), new IOException("input/output error"));
    }

    /** The segment asked for is there. */
    void prepared() {
        memory.prepare(prepares.remove());
    }

    /** There is no room for the segment asked for. */
    void failPrepare() {
        listener.onFailed(StorageListener.Request.PREPARE, prepares.remove(), new IOException("no space left"));
    }

    int preparesAsked() {
        return prepares.size();
    }

    int forcesAsked() {
        return forces.size();
    }

    @Override
    public void open(StorageListener told, int segmentLength) {
        listener = told;
        memory.open(told, segmentLength);
    }

    @Override
    public void prepare(long segmentPosition) {
        if (isPreparingLate) {
            prepares.add(segmentPosition);
        } else {
            memory.prepare(segmentPosition);
        }
    }

    @Override
    public void write(long position, int length) {
        writes.add(position + length);
    }

    @Override
    public void force(long position) {
        forces.add(position);
    }

    @Override
    public void read(long segmentPosition) {
        memory.read(segmentPosition);
    }

    @Override
    public void cool(long segmentPosition) {
        memory.cool(segmentPosition);
    }

    @Override
    public void head(long position) {
        memory.head(position);
    }

    @Override
    public void release(long segmentPosition) {
        memory.release(segmentPosition);
    }

    @Override
    public void close() {
        memory.close();
    }
}
