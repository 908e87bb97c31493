package io.tautwire.journal;

import io.tautwire.journal.StorageListener.Request;
import io.tautwire.journal.recovery.MemoryImage;
import io.tautwire.journal.recovery.Recovered;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Segments in memory of which a copy is kept, byte for byte what was asked to be written; so a journal can be opened
 * again over it. Completes each request before it returns. Memory that was given back is overwritten, so that whoever
 * still reads it finds out.
 */
public final class KeptStorage implements Storage {
    private static final byte GONE = 0x5A;

    private final TreeMap<Long, UnsafeBuffer> memory = new TreeMap<>();
    private final TreeMap<Long, byte[]> kept = new TreeMap<>();
    private final int segmentLength;
    private StorageListener listener;
    private long head;
    private long forced;
    private int reads;
    private boolean isFailingReads;

    /** Nothing is kept yet. */
    public KeptStorage(int segmentLength) {
        this.segmentLength = segmentLength;
    }

    /** What an image holds, cut to what was recovered of it. */
    public KeptStorage(MemoryImage image, Recovered recovered) {
        this(image.segmentLength());
        head = recovered.head();
        forced = recovered.tail();
        for (long at = recovered.firstSegment(); at < recovered.endSegment(); at += segmentLength) {
            final byte[] bytes = new byte[segmentLength];
            image.bytes.getBytes(image.index(at), bytes, 0, (int) Math.min(segmentLength, forced - at));
            kept.put(at, bytes);
        }
    }

    /** What a restart finds. */
    public MemoryImage image() {
        final MemoryImage image = new MemoryImage(segmentLength, kept.size());
        image.firstSegment = kept.isEmpty() ? 0 : kept.firstKey();
        image.head = head;
        image.synced = forced;
        for (final Map.Entry<Long, byte[]> segment : kept.entrySet()) {
            image.bytes.putBytes(image.index(segment.getKey()), segment.getValue());
        }
        return image;
    }

    /** How many segments are in memory. */
    public int warmSegments() {
        return memory.size();
    }

    /** How often a segment was read. */
    public int reads() {
        return reads;
    }

    /** From now on nothing can be read any more. */
    public void failReads() {
        isFailingReads = true;
    }

    @Override
    public void open(StorageListener to, int lengthOfSegments) {
        if (listener != null || lengthOfSegments != segmentLength) {
            throw new IllegalStateException("serves one journal with segmentLength=" + segmentLength);
        }
        listener = to;
    }

    @Override
    public void prepare(long segmentPosition) {
        if (listener != null) {
            final boolean isNew = kept.putIfAbsent(segmentPosition, new byte[segmentLength]) == null;
            final UnsafeBuffer given = bringBack(segmentPosition);
            if (isNew) {
                given.setMemory(0, segmentLength, GONE); // nobody was promised anything else
            }
            listener.onPrepared(segmentPosition, given);
        }
    }

    @Override
    public void write(long position, int length) {
        if (listener != null) {
            final long segment = position & -segmentLength;
            final int offset = (int) (position - segment);
            memory.get(segment).getBytes(offset, kept.get(segment), offset, length);
            listener.onWritten(position + length);
        }
    }

    @Override
    public void force(long position) {
        if (listener != null) {
            forced = position;
            listener.onForced(position);
        }
    }

    @Override
    public void read(long segmentPosition) {
        if (listener == null) {
            return;
        }
        if (kept.containsKey(segmentPosition) && !isFailingReads) {
            reads++;
            final UnsafeBuffer warm = memory.get(segmentPosition);
            listener.onRead(segmentPosition, warm == null ? bringBack(segmentPosition) : warm);
        } else {
            listener.onFailed(Request.READ, segmentPosition, new IllegalArgumentException("not held"));
        }
    }

    @Override
    public void cool(long segmentPosition) {
        if (listener != null) {
            if (forced < segmentPosition + segmentLength) {
                throw new AssertionError("segmentPosition=" + segmentPosition + " is not forced");
            }
            final UnsafeBuffer given = memory.remove(segmentPosition);
            given.setMemory(0, segmentLength, GONE);
        }
    }

    @Override
    public void head(long position) {
        if (listener != null) {
            head = position;
        }
    }

    @Override
    public void release(long segmentPosition) {
        if (listener == null) {
            return;
        }
        if (kept.remove(segmentPosition) == null) {
            listener.onFailed(Request.RELEASE, segmentPosition, new IllegalArgumentException("not held"));
            return;
        }
        final UnsafeBuffer given = memory.remove(segmentPosition);
        if (given != null) {
            given.setMemory(0, segmentLength, GONE);
        }
        listener.onReleased(segmentPosition);
    }

    @Override
    public void close() {
        listener = null;
    }

    private UnsafeBuffer bringBack(long segmentPosition) {
        final UnsafeBuffer given = new UnsafeBuffer(ByteBuffer.allocateDirect(segmentLength));
        given.putBytes(0, kept.get(segmentPosition));
        memory.put(segmentPosition, given);
        return given;
    }
}
