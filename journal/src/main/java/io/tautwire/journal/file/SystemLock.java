package io.tautwire.journal.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A lock on a file, by the system, with the holder's words as the file's content.
 *
 * <p>The system keeps other processes out, and forgets the lock when this one dies. It does not keep this process out,
 * and worse: where locks belong to a process, closing any other channel to the file gives the lock up. So a table of
 * the locks that this process holds is asked before the file is opened.
 */
final class SystemLock implements DiskLock {
    private static final Map<Object, String> HELD_HERE = new ConcurrentHashMap<>();
    private static final int MAX_HOLDER_BYTES = 1024;

    private final Object key;
    private final FileChannel channel;

    private SystemLock(Object key, FileChannel channel) {
        this.key = key;
        this.channel = channel;
    }

    static SystemLock take(Path file, String holder) throws IOException {
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException e) {
            // usual: the file stays, because deleting it could take it from under the next holder
        }
        final Object key = keyOf(file);
        final String heldHere = HELD_HERE.putIfAbsent(key, holder);
        if (heldHere != null) {
            throw new DiskLockedException(heldHere);
        }
        try {
            final SystemLock lock = new SystemLock(key, locked(file, false));
            lock.say(holder);
            return lock;
        } catch (IOException | RuntimeException e) {
            HELD_HERE.remove(key);
            throw e;
        }
    }

    /** Keeps holders out, and leaves the file as it is; one that is not there nobody holds. */
    static DiskLock share(Path file) throws IOException {
        if (!Files.exists(file)) {
            return () -> {};
        }
        final Object key = keyOf(file);
        final String heldHere = HELD_HERE.putIfAbsent(key, Disk.READER);
        if (heldHere != null) {
            throw new DiskLockedException(heldHere);
        }
        try {
            return new SystemLock(key, locked(file, true));
        } catch (IOException | RuntimeException e) {
            HELD_HERE.remove(key);
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            try {
                channel.close();
            } finally {
                HELD_HERE.remove(key);
            }
        }
    }

    private static FileChannel locked(Path file, boolean isShared) throws IOException {
        final FileChannel channel = isShared ? FileChannel.open(file, READ) : FileChannel.open(file, READ, WRITE);
        try {
            final FileLock lock = channel.tryLock(0, Long.MAX_VALUE, isShared);
            if (lock == null) {
                throw new DiskLockedException(holder(channel));
            }
            return channel;
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new DiskLockedException("this process");
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Readers leave no words: where a lock to read can be had, only they stand in the way. */
    private static String holder(FileChannel channel) throws IOException {
        return channel.tryLock(0, Long.MAX_VALUE, true) == null ? read(channel) : Disk.READER;
    }

    private static String read(FileChannel channel) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(MAX_HOLDER_BYTES);
        channel.read(bytes, 0);
        bytes.flip();
        return UTF_8.decode(bytes).toString().strip();
    }

    /** In the file's first block, which it keeps: so that a full disk does not silence the next holder. */
    private void say(String holder) {
        final byte[] words = (holder + '\n').getBytes(UTF_8);
        final byte[] padded = Arrays.copyOf(words, MAX_HOLDER_BYTES);
        Arrays.fill(padded, Math.min(words.length, MAX_HOLDER_BYTES), MAX_HOLDER_BYTES, (byte) ' ');
        try {
            channel.write(ByteBuffer.wrap(padded), 0);
        } catch (IOException e) {
            // the lock holds all the same: others learn that it is held, only not by whom
        }
    }

    /** What tells the file from others, whatever path leads to it; it stays its own as long as the file is open. */
    private static Object keyOf(Path file) throws IOException {
        final Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        return key == null ? file.toRealPath() : key;
    }
}
