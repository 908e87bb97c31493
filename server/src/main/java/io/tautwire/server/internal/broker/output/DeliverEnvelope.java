package io.tautwire.server.internal.broker.output;

import java.util.Arrays;
import org.agrona.MutableDirectBuffer;

/**
 * The envelope at the end of a session's output that further messages for the same subscriptions may join, if
 * they are rendered as those before or are not. Its room is
 * kept when it is opened, and it is encoded when it is sealed, when the number of messages is known.
 */
final class DeliverEnvelope {
    private static final int NONE = -1;

    private long[] ids = new long[4];
    private int idCount;
    private boolean isRendered;
    private int offset = NONE;
    private long messageCount;

    boolean isOpen() {
        return offset != NONE;
    }

    boolean isOpenFor(long[] otherIds, int otherCount, boolean otherRendered) {
        return isOpen() && isRendered == otherRendered && Arrays.equals(ids, 0, idCount, otherIds, 0, otherCount);
    }

    void open(long[] forIds, int count, boolean rendered, int at) {
        if (ids.length < count) {
            ids = new long[forIds.length];
        }
        System.arraycopy(forIds, 0, ids, 0, count);
        idCount = count;
        isRendered = rendered;
        offset = at;
        messageCount = 0;
    }

    void add() {
        messageCount++;
    }

    void seal(ControlFrames frames, MutableDirectBuffer buffer) {
        frames.envelope(buffer, offset, ids, idCount, messageCount, isRendered);
        offset = NONE;
    }
}
