package io.tautwire.journal.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The disk that fails on purpose keeps what it must, and loses whatever it may. */
final class FaultyDiskTest {
    private static final Path DIRECTORY = Path.of("/journal");
    private static final Path FILE = DIRECTORY.resolve("0.seg");
    private static final int SECTORS = 64;
    private static final int LENGTH = SECTORS * FaultyDisk.SECTOR;

    @Test
    void killingKeepsAllThatWasWrittenOrChangedInAMapping() throws IOException {
        final FaultyDisk disk = withFile(1);
        write(disk, (byte) 2);
        final DiskMapping mapping = disk.open(FILE, true).map(4096, 4096, true);
        mapping.buffer().setMemory(0, 4096, (byte) 3);
        disk.kill();
        mapping.buffer().setMemory(0, 4096, (byte) 9);
        final byte[] bytes = disk.current(FILE);
        assertEquals(2, bytes[0]);
        assertEquals(3, bytes[4096]);
    }

    @Test
    void aPowerCutKeepsWhatWasForced() throws IOException {
        for (int seed = 0; seed < 50; seed++) {
            final FaultyDisk disk = withFile(seed);
            disk.powerCut();
            assertArrayEquals(filled((byte) 1), disk.current(FILE));
        }
    }

    @Test
    void aPowerCutLosesReordersAndTearsWhatWasNotForced() throws IOException {
        boolean isLost = false;
        boolean isLaterKept = false;
        boolean isTorn = false;
        for (int seed = 0; seed < 50; seed++) {
            final FaultyDisk disk = withFile(seed);
            write(disk, (byte) 2);
            disk.powerCut();
            final byte[] bytes = disk.current(FILE);
            isLost |= bytes[0] == 1;
            isLaterKept |= bytes[0] == 1 && bytes[LENGTH - 1] == 2;
            isTorn |= IntStream.range(0, SECTORS)
                    .map(sector -> sector * FaultyDisk.SECTOR)
                    .anyMatch(at -> bytes[at] != bytes[at + FaultyDisk.SECTOR - 1]);
            assertTrue(IntStream.range(0, LENGTH).allMatch(i -> bytes[i] == 1 || bytes[i] == 2), "nothing else");
        }
        assertTrue(isLost && isLaterKept && isTorn, isLost + " " + isLaterKept + " " + isTorn);
    }

    @Test
    void forcingAFileDoesNotForceItsMappingsAndAMappingOnlyItsPart() throws IOException {
        final Set<List<Byte>> seen = new TreeSet<>((a, b) -> a.toString().compareTo(b.toString()));
        for (int seed = 0; seed < 50; seed++) {
            final FaultyDisk disk = withFile(seed);
            final DiskFile file = disk.open(FILE, true);
            final DiskMapping mapping = file.map(0, LENGTH, true);
            mapping.buffer().setMemory(0, LENGTH, (byte) 2);
            mapping.force(FaultyDisk.SECTOR, 100);
            file.force();
            assertTrue(disk.isDurable(FILE, FaultyDisk.SECTOR, FaultyDisk.SECTOR));
            assertFalse(disk.isDurable(FILE, 0, 1));
            disk.powerCut();
            final byte[] bytes = disk.current(FILE);
            assertEquals(2, bytes[FaultyDisk.SECTOR]);
            seen.add(List.of(bytes[0], bytes[4 * FaultyDisk.SECTOR]));
        }
        assertEquals(4, seen.size(), "sectors come and go on their own");
    }

    @Test
    void namesAreDurableOnceTheirDirectoryWasForced() throws IOException {
        final Set<List<String>> seen = new TreeSet<>((a, b) -> a.toString().compareTo(b.toString()));
        for (int seed = 0; seed < 50; seed++) {
            final FaultyDisk disk = withFile(seed);
            disk.create(DIRECTORY.resolve("new")).close();
            disk.delete(FILE);
            assertNull(disk.durable(FILE));
            disk.powerCut();
            seen.add(disk.list(DIRECTORY));
        }
        assertEquals(4, seen.size(), seen.toString());
        final FaultyDisk disk = withFile(1);
        disk.delete(FILE);
        disk.forceDirectory(DIRECTORY);
        disk.powerCut();
        assertEquals(List.of(), disk.list(DIRECTORY));
    }

    @Test
    void renamingReplacesAtOnceOrNotAtAll() throws IOException {
        final Set<Byte> seen = new TreeSet<>();
        for (int seed = 0; seed < 50; seed++) {
            final FaultyDisk disk = withFile(seed);
            final Path temporary = DIRECTORY.resolve("new");
            try (DiskFile file = disk.create(temporary)) {
                file.write(0, ByteBuffer.wrap(filled((byte) 2)));
                file.force();
            }
            disk.rename(temporary, FILE);
            disk.powerCut();
            seen.add(disk.current(FILE)[0]);
        }
        assertEquals(Set.of((byte) 1, (byte) 2), seen);
    }

    @Test
    void whatAFailedForceWasAskedForIsNotDurableLater() throws IOException {
        boolean isLost = false;
        for (int seed = 0; seed < 20; seed++) {
            final FaultyDisk disk = withFile(seed);
            write(disk, (byte) 2);
            final DiskFile file = disk.open(FILE, true);
            disk.failForces(true);
            assertThrows(IOException.class, file::force);
            assertThrows(IOException.class, () -> disk.forceDirectory(DIRECTORY));
            disk.failForces(false);
            file.force();
            disk.powerCut();
            final byte[] bytes = disk.current(FILE);
            isLost |= !Arrays.equals(bytes, filled((byte) 2));
        }
        assertTrue(isLost);
    }

    @Test
    void aFullDiskCutsWritesShortAndThenRefusesThem() throws IOException {
        final FaultyDisk disk = withFile(1);
        disk.capacity(LENGTH + 100);
        final DiskFile file = disk.create(DIRECTORY.resolve("more"));
        assertEquals(100, file.write(0, ByteBuffer.allocate(200)));
        assertThrows(IOException.class, () -> file.write(100, ByteBuffer.allocate(1)));
        assertEquals(100, file.write(0, ByteBuffer.allocate(100)), "what is there can be written over");
        disk.delete(FILE);
        assertEquals(200, file.write(100, ByteBuffer.allocate(200)));
    }

    @Test
    void writesAndMapsFailAndAreCutShortWhenTold() throws IOException {
        final FaultyDisk disk = withFile(1);
        final DiskFile file = disk.open(FILE, true);
        disk.cutWritesShort(true);
        final int written = file.write(0, ByteBuffer.allocate(1000));
        assertTrue(written > 0 && written < 1000, "written=" + written);
        disk.failWrites(true);
        assertThrows(IOException.class, () -> file.write(0, ByteBuffer.allocate(10)));
        disk.failMaps(true);
        assertThrows(IOException.class, () -> file.map(0, 4096, false));
    }

    @Test
    void aFlippedBitStays() throws IOException {
        final FaultyDisk disk = withFile(1);
        disk.flipBit(FILE, 1000, 3);
        disk.powerCut();
        assertEquals(1 ^ 8, disk.current(FILE)[1000]);
        assertEquals(1, disk.current(FILE)[999]);
    }

    @Test
    void deadProcessesHoldNothing() throws IOException {
        final FaultyDisk disk = withFile(1);
        final Path lock = DIRECTORY.resolve("lock");
        final DiskFile file = disk.open(FILE, true);
        disk.lock(lock, "me");
        assertEquals(
                "me",
                assertThrows(DiskLockedException.class, () -> disk.lock(lock, "you"))
                        .holder());
        final String boot = disk.bootId();
        disk.kill();
        assertEquals(boot, disk.bootId());
        assertThrows(IOException.class, () -> file.write(0, ByteBuffer.allocate(1)));
        disk.lock(lock, "you").close();
        disk.lock(lock, "her");
        disk.powerCut();
        assertNotEquals(boot, disk.bootId());
    }

    @Test
    void sameSeedLosesTheSame() throws IOException {
        final FaultyDisk one = withFile(7);
        final FaultyDisk two = withFile(7);
        write(one, (byte) 2);
        write(two, (byte) 2);
        one.powerCut();
        two.powerCut();
        assertArrayEquals(one.current(FILE), two.current(FILE));
        assertThrows(NoSuchFileException.class, () -> one.open(DIRECTORY.resolve("none"), false));
    }

    /** One durable file full of ones. */
    private static FaultyDisk withFile(long seed) throws IOException {
        final FaultyDisk disk = new FaultyDisk(seed);
        disk.createDirectory(DIRECTORY);
        disk.create(FILE).close();
        write(disk, (byte) 1);
        disk.open(FILE, true).force();
        disk.forceDirectory(DIRECTORY);
        return disk;
    }

    private static void write(FaultyDisk disk, byte value) throws IOException {
        try (DiskFile file = disk.open(FILE, true)) {
            file.write(0, ByteBuffer.wrap(filled(value)));
        }
    }

    private static byte[] filled(byte value) {
        final byte[] bytes = new byte[LENGTH];
        Arrays.fill(bytes, value);
        return bytes;
    }
}
