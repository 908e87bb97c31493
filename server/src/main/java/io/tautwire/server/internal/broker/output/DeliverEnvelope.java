package io.tautwire.server.internal.broker.output;

import java.util.Arrays;
import org.agrona.MutableDirectBuffer;

/**
 * The envelope at the end of a session's output that further messages for the same subscriptions may join. Its room is
 * kept when it is opened, and it is encoded when it is sealed, when the number of messages is known.
 */
final class DeliverEnvelope {
    private static final int NONE = -1;

    private long[] ids = new long[4];
    private int idCount;
    private int offset = NONE;
    private long messageCount;

    boolean isOpen() {
        return offset != NONE;
    }

    boolean isOpenFor(long[] otherIds, int otherCount) {
        return isOpen() && Arrays.equals(ids, 0, idCount, otherIds, 0, otherCount);
    }

    void open(long[] forIds, int count, int at) {
        if (ids.length < count) {
            ids = new long[forIds.length];
        }
        System.arraycopy(forIds, 0, ids, 0, count);
        idCount = count;
        offset = at;
        messageCount = 0;
    }

    void add() {
        messageCount++;
    }

    void seal(ControlFrames frames, MutableDirectBuffer buffer) {
        frames.envelope(buffer, offset, ids, idCount, messageCount);
        offset = NONE;
    }
}
