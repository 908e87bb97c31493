package io.tautwire.system.e2e;

import io.tautwire.client.Client;
import io.tautwire.client.Message;
import io.tautwire.client.MessageHandler;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Bodies that say who published them and as which of how many, and a subscriber that holds them to it: each publisher
 * counts from 0, and none of its numbers may be missing, come again, or come early.
 */
public final class Numbered implements MessageHandler {
    /** Bytes of a body. */
    public static final int LENGTH = 8;

    private final int[] next;
    private final AtomicInteger received = new AtomicInteger();
    private final AtomicReference<String> fault = new AtomicReference<>();
    private long lastPosition = -1;

    /** A subscriber to so many publishers. */
    public Numbered(int publishers) {
        next = new int[publishers];
    }

    /** Writes a body. */
    public static void put(MutableDirectBuffer buffer, int offset, int publisher, int number) {
        buffer.putInt(offset, publisher, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(offset + 4, number, ByteOrder.LITTLE_ENDIAN);
    }

    /** Publishes the next one of publisher 0 on {@code numbers}. */
    static void publish(Client client, int number) {
        final byte[] body = new byte[LENGTH];
        put(new UnsafeBuffer(body), 0, 0, number);
        client.publish("numbers", body);
    }

    @Override
    public void onMessage(Message message) {
        final int publisher = message.body().getInt(message.bodyOffset(), ByteOrder.LITTLE_ENDIAN);
        final int number = message.body().getInt(message.bodyOffset() + 4, ByteOrder.LITTLE_ENDIAN);
        if (number != next[publisher]) {
            fault.compareAndSet(
                    null, "publisher=" + publisher + " number=" + number + " came for expected=" + next[publisher]);
        }
        if (message.position() <= lastPosition) {
            fault.compareAndSet(null, "position=" + message.position() + " came after " + lastPosition);
        }
        lastPosition = message.position();
        next[publisher] = number + 1;
        received.incrementAndGet();
    }

    /** Something else was not as promised. */
    void onFault(String what) {
        fault.compareAndSet(null, what);
    }

    /** How many came. */
    public int received() {
        return received.get();
    }

    /** The first thing that was not as promised; null when all was. */
    public String fault() {
        return fault.get();
    }
}
