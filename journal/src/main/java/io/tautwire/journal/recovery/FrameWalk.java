package io.tautwire.journal.recovery;

import static io.tautwire.codec.FrameDescriptor.MIN_LENGTH;

import io.tautwire.codec.FrameCheck;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.FrameFault;
import org.agrona.DirectBuffer;

/** Goes from frame to frame until there is none. */
final class FrameWalk {
    private final JournalImage image;
    private final FrameRule rule;
    private final FrameVisitor visitor;
    private final FrameCheck check = new FrameCheck();
    private final Recovered recovered;
    private final int segmentLength;
    private final long head;
    private final long end;
    private boolean isHeadSeen;
    private long position;

    FrameWalk(JournalImage image, Extent extent, FrameRule rule, FrameVisitor visitor) {
        this.image = image;
        this.rule = rule;
        this.visitor = visitor;
        this.segmentLength = image.segmentLength();
        this.recovered = new Recovered(segmentLength, extent.first());
        this.head = extent.head();
        this.position = extent.first();
        // What lies behind the tail of a journal closed in order is no frame, whatever it looks like.
        this.end = image.isClean() ? image.synced() : image.endSegment();
    }

    /** Walks; afterwards {@link #position} is the tail, or where something is wrong. */
    Recovered toTail() {
        boolean isGoingOn = true;
        while (isGoingOn && position < end) {
            isGoingOn = walkSegment(image.segment(position));
        }
        return recovered;
    }

    long position() {
        return position;
    }

    /** Why the bytes at the position are no frame of this journal, in words. */
    String reason(DirectBuffer segment) {
        final int offset = offset();
        final int left = segmentLength - offset;
        if (left < MIN_LENGTH) {
            return "neither padding nor zeros";
        }
        final int length = FrameDescriptor.length(segment, offset);
        if (length == 0) {
            return "no frame, length=0";
        }
        if (!isPlausible(length, left)) {
            return "no frame, length=" + length + " of " + left + " bytes left";
        }
        final FrameFault fault = check.fault(segment, offset, length);
        final String why = fault == null ? "not the frame that follows, or not of this journal" : fault.text();
        return why + ", " + FrameCheck.describe(segment, offset);
    }

    /** After the walk: the head must be where a frame begins; beyond the tail only if a power cut took frames away. */
    void checkHead() {
        if (head < position && !isHeadSeen) {
            throw Corruption.at(image, head, "the journal's head is no frame's position");
        }
        if (head > position && Extent.isHeadSure(image)) {
            throw Corruption.at(image, head, "the journal's head lies beyond its tail=" + position);
        }
    }

    static boolean isPlausible(int length, int left) {
        return length >= MIN_LENGTH && length <= left;
    }

    private boolean walkSegment(DirectBuffer segment) {
        final long next = position + segmentLength;
        while (position < next && position < end) {
            final int offset = offset();
            final int left = segmentLength - offset;
            final int length = FrameDescriptor.length(segment, offset);
            final boolean isHead = position == head;
            if (isPlausible(length, left) && isFrame(segment, offset, length)) {
                onFrame(segment, offset, length);
            } else if (length == left && offset != 0 && isPadding(segment, offset)) {
                recovered.padFrom(offset);
                position = next;
            } else {
                return false;
            }
            isHeadSeen |= isHead;
        }
        return true;
    }

    private boolean isFrame(DirectBuffer segment, int offset, int length) {
        return check.fault(segment, offset, length) == null && rule.take(position, segment, offset, length);
    }

    private void onFrame(DirectBuffer segment, int offset, int length) {
        if (offset == 0) {
            recovered.segment(FrameDescriptor.isStamped(segment, 0) ? FrameDescriptor.timestamp(segment, 0) : 0);
        }
        recovered.frame(position);
        visitor.onFrame(position, segment, offset, length, FrameDescriptor.templateId(segment, offset));
        position += FrameDescriptor.aligned(length);
    }

    /** What fills a segment is its length and zeros. */
    private boolean isPadding(DirectBuffer segment, int offset) {
        if (segment.getInt(offset + Integer.BYTES) != 0) {
            return false;
        }
        for (int i = offset + Long.BYTES; i < segmentLength; i += Long.BYTES) {
            if (segment.getLong(i) != 0) {
                return false;
            }
        }
        return true;
    }

    private int offset() {
        return (int) (position & (segmentLength - 1));
    }
}
