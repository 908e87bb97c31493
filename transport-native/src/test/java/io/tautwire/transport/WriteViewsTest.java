package io.tautwire.transport;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.netty.buffer.ByteBuf;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class WriteViewsTest {
    private final WriteViews views = new WriteViews();

    @Test
    void writingFromTheSameMemoryTakesOneView() {
        final UnsafeBuffer memory = direct();
        final ByteBuf first = write(memory);
        for (int i = 0; i < 10 * WriteViews.KEPT_WRITES; i++) {
            assertSame(first, write(memory));
        }
    }

    @Test
    void writingFromTwoMemoriesInTurnTakesTwoViews() {
        final UnsafeBuffer one = direct();
        final UnsafeBuffer other = direct();
        final ByteBuf first = write(one);
        final ByteBuf second = write(other);
        for (int i = 0; i < 10 * WriteViews.KEPT_WRITES; i++) {
            assertSame(first, write(one));
            assertSame(second, write(other));
        }
    }

    @Test
    void memoryThatIsNoLongerWrittenFromIsFreed() {
        final WeakReference<ByteBuffer> outgrown = writeFromMemoryOfItsOwn();
        final UnsafeBuffer memory = direct();
        for (int i = 0; i < 2 * WriteViews.KEPT_WRITES; i++) {
            write(memory);
        }
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (outgrown.get() != null && System.nanoTime() - deadlineNs < 0) {
            System.gc();
        }
        assertNull(outgrown.get());
    }

    private WeakReference<ByteBuffer> writeFromMemoryOfItsOwn() {
        final ByteBuffer memory = ByteBuffer.allocateDirect(64);
        write(new UnsafeBuffer(memory));
        return new WeakReference<>(memory);
    }

    private ByteBuf write(UnsafeBuffer memory) {
        final ByteBuf view = views.view(memory, 0, memory.capacity());
        view.release(); // as Netty does when the write is over
        return view;
    }

    private static UnsafeBuffer direct() {
        return new UnsafeBuffer(ByteBuffer.allocateDirect(64));
    }
}
