package io.tautwire.journal.file;

import static io.tautwire.journal.file.FaultyDisk.SECTOR;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;

/** A file's bytes, as they are and as they are durable; by sectors. */
final class FaultyNode {
    private ByteBuffer current = ByteBuffer.allocateDirect(SECTOR);
    private final BitSet written = new BitSet();
    private byte[] durable = {};
    private int size;
    private boolean isMapped;

    int size() {
        return size;
    }

    byte[] durable() {
        return durable.clone();
    }

    byte[] read(int position, int length) {
        final byte[] bytes = new byte[Math.max(0, Math.min(length, size - position))];
        view().getBytes(position, bytes);
        return bytes;
    }

    void write(int position, ByteBuffer from, int length) {
        grow(position + length);
        view().putBytes(position, from, from.position(), length);
        from.position(from.position() + length);
        written.set(position / SECTOR, (position + length + SECTOR - 1) / SECTOR);
    }

    /** The memory itself: what is changed there is changed here. */
    ByteBuffer map(int position, int length) {
        isMapped = true;
        return current.duplicate().position(position).limit(position + length).slice();
    }

    /** All that was written is durable; what was changed in a mapping is not. */
    void force() {
        lengthen();
        written.stream().forEach(this::keep);
        written.clear();
    }

    /** The force failed: some is durable, and the rest is never tried again. */
    void forceSome(Random random) {
        lengthen();
        written.stream().filter(sector -> random.nextBoolean()).forEach(this::keep);
        written.clear();
    }

    /** Bytes of a mapping are durable, with the sectors that they lie in. */
    void force(int position, int length) {
        for (int sector = position / SECTOR; sector * SECTOR < position + length; sector++) {
            keep(sector);
        }
    }

    boolean isDurable(int position, int length) {
        final byte[] now = read(position, length);
        return now.length == length
                && position + length <= durable.length
                && Arrays.equals(now, 0, length, durable, position, position + length);
    }

    void flipBit(int position, int bit) {
        final byte flip = (byte) (1 << bit);
        view().putByte(position, (byte) (view().getByte(position) ^ flip));
        if (position < durable.length) {
            durable[position] ^= flip;
        }
    }

    /** Each sector that differs is as it was, as it is, or torn; so is the length. */
    void powerCut(Random random) {
        if (size != durable.length && random.nextBoolean()) {
            lengthen();
        }
        for (int sector = 0; sector * SECTOR < durable.length; sector++) {
            if (!isDurable(sector * SECTOR, Math.min(SECTOR, durable.length - sector * SECTOR))) {
                survive(sector, random);
            }
        }
        size = durable.length;
        current = ByteBuffer.allocateDirect(Math.max(SECTOR, size));
        view().putBytes(0, durable);
        written.clear();
    }

    /** Mappings of processes that are gone no longer change it. */
    void detach() {
        if (isMapped) {
            final ByteBuffer copy = ByteBuffer.allocateDirect(current.capacity());
            copy.put(0, current, 0, current.capacity());
            current = copy;
            isMapped = false;
        }
    }

    private void survive(int sector, Random random) {
        final int fate = random.nextInt(8);
        if (fate == 0) {
            keep(sector, 8 * random.nextInt(SECTOR / 8));
        } else if (fate % 2 == 0) {
            keep(sector);
        }
    }

    private void keep(int sector) {
        keep(sector, SECTOR);
    }

    private void keep(int sector, int length) {
        final int position = sector * SECTOR;
        final int bytes = Math.min(length, Math.min(size, durable.length) - position);
        if (bytes > 0) {
            view().getBytes(position, durable, position, bytes);
        }
    }

    private void lengthen() {
        durable = Arrays.copyOf(durable, size);
    }

    private void grow(int to) {
        if (to > current.capacity()) {
            if (isMapped) {
                throw new UnsupportedOperationException("a file that is mapped cannot grow here");
            }
            final ByteBuffer larger = ByteBuffer.allocateDirect(Math.max(to, current.capacity() * 2));
            larger.put(0, current, 0, size);
            current = larger;
        }
        size = Math.max(size, to);
    }

    private UnsafeBuffer view() {
        return new UnsafeBuffer(current);
    }
}
