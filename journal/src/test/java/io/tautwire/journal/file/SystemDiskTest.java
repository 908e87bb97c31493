package io.tautwire.journal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The machine's own files keep what the seam promises, as far as one process can see. */
class SystemDiskTest {
    @TempDir
    Path directory;

    private final Disk disk = Disk.system();

    @Test
    void readsWhatWasWritten() throws IOException {
        try (DiskFile file = disk.create(directory.resolve("a"))) {
            assertEquals(3, file.write(5, ByteBuffer.wrap(new byte[] {1, 2, 3})));
            file.force();
            assertEquals(8, file.size());
            final ByteBuffer read = ByteBuffer.allocate(4);
            assertEquals(2, file.read(6, read));
            assertEquals(3, read.get(1));
            assertEquals(-1, file.read(8, read));
        }
        assertThrows(FileAlreadyExistsException.class, () -> disk.create(directory.resolve("a")));
        assertThrows(NoSuchFileException.class, () -> disk.open(directory.resolve("b"), true));
    }

    @Test
    void aMappingAndTheFileAreOne() throws IOException {
        try (DiskFile file = disk.create(directory.resolve("a"))) {
            file.write(0, ByteBuffer.allocate(8192));
            final DiskMapping mapping = file.map(4096, 4096, true);
            mapping.buffer().putByte(7, (byte) 42);
            mapping.force(0, 4096);
            mapping.force(4096, 0);
            final ByteBuffer read = ByteBuffer.allocate(1);
            file.read(4103, read);
            assertEquals(42, read.get(0));
            file.write(4104, ByteBuffer.wrap(new byte[] {43}));
            assertEquals(43, mapping.buffer().getByte(8));
            mapping.unmap();
            mapping.unmap();
        }
    }

    @Test
    void mapsNoBytesThatTheFileDoesNotHave() throws IOException {
        try (DiskFile file = disk.create(directory.resolve("a"))) {
            file.write(0, ByteBuffer.allocate(4096));
            assertThrows(IOException.class, () -> file.map(0, 8192, true));
            assertEquals(4096, file.size());
        }
    }

    @Test
    void renamingReplaces() throws IOException {
        Files.writeString(directory.resolve("a"), "new");
        Files.writeString(directory.resolve("b"), "old");
        disk.rename(directory.resolve("a"), directory.resolve("b"));
        disk.forceDirectory(directory);
        assertEquals(List.of("b"), disk.list(directory));
        assertEquals("new", Files.readString(directory.resolve("b")));
        disk.delete(directory.resolve("b"));
        assertThrows(NoSuchFileException.class, () -> disk.delete(directory.resolve("b")));
    }

    @Test
    void createsAllDirectoriesThatAreMissing() throws IOException {
        final Path deep = directory.resolve("x").resolve("y");
        disk.createDirectory(deep);
        disk.createDirectory(deep);
        assertTrue(Files.isDirectory(deep));
    }

    @Test
    void aLockKeepsOutThisProcessTooWhateverPathLeadsThere() throws IOException {
        final Path other = Files.createSymbolicLink(directory.resolve("link"), directory);
        final DiskLock lock = disk.lock(directory.resolve("lock"), "me");
        final DiskLockedException refusal =
                assertThrows(DiskLockedException.class, () -> disk.lock(other.resolve("lock"), "you"));
        assertEquals("me", refusal.holder());
        lock.close();
        lock.close();
        disk.lock(other.resolve("lock"), "you").close();
    }

    @Test
    void aMachineSaysTheSameAboutItsBootTwice() {
        assertEquals(disk.bootId(), disk.bootId());
        assertFalse(disk.bootId().contains("\n"));
    }
}
