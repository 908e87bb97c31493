package io.tautwire.journal.recovery;

import io.tautwire.codec.FrameCheck;
import io.tautwire.codec.FrameDescriptor;
import org.agrona.DirectBuffer;

/** Looks at what lies behind the frames that were found: zeros, a frame that was being written, or corruption. */
final class Remainder {
    private static final long NONE = Long.MAX_VALUE;

    private final JournalImage image;
    private final FrameRule rule;
    private final FrameCheck check = new FrameCheck();
    private final int segmentLength;

    Remainder(JournalImage image, FrameRule rule) {
        this.image = image;
        this.rule = rule;
        this.segmentLength = image.segmentLength();
    }

    /** Whether there is anything but zeros; throws if that is corruption. */
    boolean check(FrameWalk walk) {
        final long position = walk.position();
        if (position < image.synced()) {
            throw Corruption.at(
                    image, position, reason(walk) + "; everything below synced=" + image.synced() + " was whole");
        }
        if (image.isClean() && position > image.synced()) {
            throw Corruption.at(image, position, "the frame before ends beyond the tail=" + image.synced());
        }
        final long rest = firstNonZero(position);
        if (rest != NONE && image.isClean()) {
            throw Corruption.at(image, rest, "not zero, behind the tail=" + position + " of a journal closed in order");
        }
        if (rest != NONE && image.isSameBoot()) {
            checkNoFrameFrom(rest, walk);
        }
        return rest != NONE;
    }

    /** At the walk's end itself there may be one, too, which does not follow those before. */
    private void checkNoFrameFrom(long from, FrameWalk walk) {
        for (long segment = segmentOf(from); segment < image.endSegment(); segment += segmentLength) {
            final long found = firstFrame(segment, Math.max(from, segment));
            if (found != NONE) {
                throw Corruption.at(
                        image,
                        walk.position(),
                        reason(walk) + "; there was more, for position=" + found + " " + image.locate(found)
                                + " is a whole frame");
            }
        }
    }

    private long firstFrame(long segment, long from) {
        final DirectBuffer buffer = image.segment(segment);
        for (int offset = (int) (from - segment); offset < segmentLength; offset += FrameDescriptor.ALIGNMENT) {
            final int length = FrameDescriptor.length(buffer, offset);
            if (FrameWalk.isPlausible(length, segmentLength - offset)
                    && rule.isLater(segment + offset, buffer, offset, length)
                    && check.fault(buffer, offset, length) == null) {
                return segment + offset;
            }
        }
        return NONE;
    }

    private long firstNonZero(long from) {
        for (long segment = segmentOf(from); segment < image.endSegment(); segment += segmentLength) {
            final DirectBuffer buffer = image.segment(segment);
            for (int i = (int) (Math.max(from, segment) - segment); i < segmentLength; i += Long.BYTES) {
                if (buffer.getLong(i) != 0) {
                    return segment + i;
                }
            }
        }
        return NONE;
    }

    private String reason(FrameWalk walk) {
        return walk.position() < image.endSegment()
                ? walk.reason(image.segment(segmentOf(walk.position())))
                : "nothing";
    }

    private long segmentOf(long position) {
        return position & -segmentLength;
    }
}
