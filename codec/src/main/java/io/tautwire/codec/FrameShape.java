package io.tautwire.codec;

import static io.tautwire.codec.FrameDescriptor.BLOCK_OFFSET;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tautwire.codec.sbe.AckEncoder;
import io.tautwire.codec.sbe.BookmarkRecordEncoder;
import io.tautwire.codec.sbe.CreditEncoder;
import io.tautwire.codec.sbe.DeliverEncoder;
import io.tautwire.codec.sbe.GoodbyeEncoder;
import io.tautwire.codec.sbe.HeartbeatEncoder;
import io.tautwire.codec.sbe.LogonChallengeEncoder;
import io.tautwire.codec.sbe.LogonEncoder;
import io.tautwire.codec.sbe.LogonReplyEncoder;
import io.tautwire.codec.sbe.MessageEncoder;
import io.tautwire.codec.sbe.NoticeEncoder;
import io.tautwire.codec.sbe.PublisherEncoder;
import io.tautwire.codec.sbe.RefusedEncoder;
import io.tautwire.codec.sbe.RejectEncoder;
import io.tautwire.codec.sbe.SkipEncoder;
import io.tautwire.codec.sbe.SubscribeEncoder;
import io.tautwire.codec.sbe.SubscribeReplyEncoder;
import io.tautwire.codec.sbe.UnsubscribeEncoder;
import org.agrona.DirectBuffer;

/**
 * What a template's frames look like, as far as lengths go: enough to know, without decoding, that nothing in a frame
 * reaches past its end. After the block come at most one group, then var data, then at most one body.
 *
 * <p>Block lengths are those of version 1, and stay so when the schema grows: they are the least that any author may
 * write. A longer block, or a longer group entry, is a newer author's.
 *
 * <p>Immutable; any thread.
 */
public final class FrameShape {
    /** Longest var data with a uint16 length; the one above is SBE's null. */
    public static final int MAX_VAR_LENGTH = 65534;

    /** Bytes before the entries of a group: length of an entry and number of entries, a uint16 each. */
    private static final int GROUP_HEADER_LENGTH = 4;

    private static final int NO_GROUP = 0;

    private static final FrameShape[] SHAPES = {
        stamped(MessageEncoder.TEMPLATE_ID, 32, 5, true),
        stamped(SkipEncoder.TEMPLATE_ID, 34, 1, false),
        stamped(PublisherEncoder.TEMPLATE_ID, 33, 2, false),
        stamped(RefusedEncoder.TEMPLATE_ID, 34, 2, false),
        stamped(BookmarkRecordEncoder.TEMPLATE_ID, 61, 2, false),
        control(LogonEncoder.TEMPLATE_ID, 37, 6),
        control(LogonReplyEncoder.TEMPLATE_ID, 47, 4),
        control(LogonChallengeEncoder.TEMPLATE_ID, 2, 1),
        control(AckEncoder.TEMPLATE_ID, 19, 1),
        control(SubscribeEncoder.TEMPLATE_ID, 47, 1),
        control(SubscribeReplyEncoder.TEMPLATE_ID, 16, 0),
        control(UnsubscribeEncoder.TEMPLATE_ID, 8, 0),
        new FrameShape(DeliverEncoder.TEMPLATE_ID, 13, 0, 8, 0, false),
        control(CreditEncoder.TEMPLATE_ID, 16, 0),
        control(HeartbeatEncoder.TEMPLATE_ID, 16, 0),
        control(RejectEncoder.TEMPLATE_ID, 12, 1),
        control(GoodbyeEncoder.TEMPLATE_ID, 2, 1),
        control(NoticeEncoder.TEMPLATE_ID, 25, 1),
    };

    private static final FrameShape[] BY_TEMPLATE_ID = byTemplateId();

    private final int templateId;
    private final int blockLength;
    private final int flags;
    private final int groupEntryLength;
    private final int varCount;
    private final boolean hasBody;

    private FrameShape(
            int templateId, int blockLength, int flags, int groupEntryLength, int varCount, boolean hasBody) {
        this.templateId = templateId;
        this.blockLength = blockLength;
        this.flags = flags;
        this.groupEntryLength = groupEntryLength;
        this.varCount = varCount;
        this.hasBody = hasBody;
    }

    private static FrameShape stamped(int templateId, int blockLength, int varCount, boolean hasBody) {
        return new FrameShape(templateId, blockLength, FrameDescriptor.FLAG_STAMPED, NO_GROUP, varCount, hasBody);
    }

    private static FrameShape control(int templateId, int blockLength, int varCount) {
        return new FrameShape(templateId, blockLength, 0, NO_GROUP, varCount, false);
    }

    private static FrameShape[] byTemplateId() {
        int highest = 0;
        for (final FrameShape shape : SHAPES) {
            highest = Math.max(highest, shape.templateId);
        }
        final FrameShape[] table = new FrameShape[highest + 1];
        for (final FrameShape shape : SHAPES) {
            table[shape.templateId] = shape;
        }
        return table;
    }

    /** The shape of a template, or null when this version does not know it. */
    public static FrameShape of(int templateId) {
        return templateId >= 0 && templateId < BY_TEMPLATE_ID.length ? BY_TEMPLATE_ID[templateId] : null;
    }

    /** SBE template id. */
    public int templateId() {
        return templateId;
    }

    /** The least block length in bytes, version 1's. */
    public int blockLength() {
        return blockLength;
    }

    /** The flags that a frame of this template carries, no more and no fewer. */
    public int flags() {
        return flags;
    }

    /** The least length in bytes of an entry of the group, version 1's; zero when there is no group. */
    public int groupEntryLength() {
        return groupEntryLength;
    }

    /** How many var data with a uint16 length there are. */
    public int varCount() {
        return varCount;
    }

    /** Whether var data with a uint32 length, the body, comes last. */
    public boolean hasBody() {
        return hasBody;
    }

    /**
     * Whether block, group and var data make up exactly the frame: none shorter than version 1's, none past the
     * frame's end, and nothing left over. Reads nothing outside the frame and allocates nothing.
     *
     * @param length of the frame, at least {@link FrameDescriptor#MIN_LENGTH}.
     */
    public boolean fits(DirectBuffer buffer, int offset, int length) {
        final int authorsBlockLength = FrameDescriptor.blockLength(buffer, offset);
        if (authorsBlockLength < blockLength) {
            return false;
        }
        final int end = offset + length;
        long at = (long) offset + BLOCK_OFFSET + authorsBlockLength;
        if (groupEntryLength != NO_GROUP) {
            at = afterGroup(buffer, at, end);
        }
        for (int i = 0; i < varCount; i++) {
            at = afterVar(buffer, at, end);
        }
        if (hasBody) {
            at = afterBody(buffer, at, end);
        }
        return at == end;
    }

    // Each of these returns where its part ends; beyond `end` when it does not fit, and then the next reads nothing.

    private long afterGroup(DirectBuffer buffer, long at, int end) {
        if (at > end - GROUP_HEADER_LENGTH) {
            return Long.MAX_VALUE;
        }
        final int entryLength = uint16(buffer, (int) at);
        final int count = uint16(buffer, (int) at + Short.BYTES);
        final boolean valid = entryLength >= groupEntryLength && count <= MAX_VAR_LENGTH;
        return valid ? at + GROUP_HEADER_LENGTH + (long) entryLength * count : Long.MAX_VALUE;
    }

    private static long afterVar(DirectBuffer buffer, long at, int end) {
        if (at > end - Short.BYTES) {
            return Long.MAX_VALUE;
        }
        final int length = uint16(buffer, (int) at);
        return length <= MAX_VAR_LENGTH ? at + Short.BYTES + length : Long.MAX_VALUE;
    }

    private static long afterBody(DirectBuffer buffer, long at, int end) {
        if (at > end - Integer.BYTES) {
            return Long.MAX_VALUE;
        }
        return at + Integer.BYTES + Integer.toUnsignedLong(buffer.getInt((int) at, LITTLE_ENDIAN));
    }

    private static int uint16(DirectBuffer buffer, int index) {
        return buffer.getShort(index, LITTLE_ENDIAN) & 0xFFFF;
    }
}
