package io.tautwire.journal;

import static io.tautwire.codec.sbe.Code.CONFIGURATION_INVALID;

import io.tautwire.TautwireException;
import io.tautwire.codec.FrameDescriptor;
import java.util.Objects;
import org.agrona.BitUtil;

/**
 * What a journal is, decided once.
 *
 * @param journalId     random id; with epoch and position it makes a bookmark.
 * @param epoch         counts the opens that did not follow an orderly close.
 * @param segmentLength bytes of a segment: a power of two. The longest frame that fits is as long.
 * @param maxSegments   segments held at most, at least 2. A journal that drops its oldest keeps one of them in reserve,
 *                      so that at least {@code maxSegments - 2} full ones are readable.
 * @param whenFull      what happens when all of them are taken.
 */
public record JournalConfig(long journalId, int epoch, int segmentLength, int maxSegments, WhenFull whenFull) {
    /** Shortest segment, 4 KiB: a page. */
    public static final int MIN_SEGMENT_LENGTH = 4 * 1024;

    /** Longest segment, 1 GiB: the longest frame. */
    public static final int MAX_SEGMENT_LENGTH = FrameDescriptor.MAX_LENGTH;

    /** Most segments that a journal holds. */
    public static final int MAX_SEGMENTS = 1 << 20;

    /**
     * Longest segment that {@link #ofCapacity} takes unless a frame needs more, 4 MiB: quick to zero when first
     * taken.
     */
    private static final int USUAL_SEGMENT_LENGTH = 4 << 20;

    private static final int USUAL_SEGMENTS = 8;

    /**
     * Checks what is given.
     *
     * @throws TautwireException CONFIGURATION_INVALID if a length or a count is out of its range.
     */
    public JournalConfig {
        Objects.requireNonNull(whenFull, "whenFull");
        if (segmentLength < MIN_SEGMENT_LENGTH
                || segmentLength > MAX_SEGMENT_LENGTH
                || !BitUtil.isPowerOfTwo(segmentLength)) {
            throw new TautwireException(
                    CONFIGURATION_INVALID,
                    "segmentLength=" + segmentLength + " is not a power of two from " + MIN_SEGMENT_LENGTH + " to "
                            + MAX_SEGMENT_LENGTH + "; give one that the longest frame fits in");
        }
        if (maxSegments < 2 || maxSegments > MAX_SEGMENTS) {
            throw new TautwireException(
                    CONFIGURATION_INVALID,
                    "maxSegments=" + maxSegments + " is not from 2 to " + MAX_SEGMENTS
                            + "; give more memory, or another segmentLength=" + segmentLength);
        }
    }

    /**
     * Divides a capacity into segments: about eight, or more of 4 MiB, and never so short that the longest frame does
     * not fit, as long as two segments remain.
     *
     * @param capacityBytes memory in all; at least 8 KiB.
     * @param maxFrame      longest frame in bytes that must fit.
     * @throws TautwireException CONFIGURATION_INVALID if the capacity does not give two segments.
     */
    public static JournalConfig ofCapacity(
            long journalId, int epoch, WhenFull whenFull, long capacityBytes, int maxFrame) {
        if (capacityBytes < 2 * MIN_SEGMENT_LENGTH) {
            throw new TautwireException(
                    CONFIGURATION_INVALID,
                    "capacityBytes=" + capacityBytes + " is less than " + 2 * MIN_SEGMENT_LENGTH + "; give more");
        }
        long length = MIN_SEGMENT_LENGTH;
        while (length < USUAL_SEGMENT_LENGTH && length * 2 * USUAL_SEGMENTS <= capacityBytes) {
            length *= 2;
        }
        while (length < maxFrame && length < MAX_SEGMENT_LENGTH && length * 4 <= capacityBytes) {
            length *= 2;
        }
        final int segments = (int) Math.min(capacityBytes / length, Integer.MAX_VALUE);
        return new JournalConfig(journalId, epoch, (int) length, segments, whenFull);
    }
}
