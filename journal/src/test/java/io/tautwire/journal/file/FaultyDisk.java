package io.tautwire.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/**
 * Files in memory that fail on purpose, by chance from a seed: what {@link Disk} does not promise does not hold here.
 *
 * <p>Each file has a current image, which processes see, and a durable one, which a power cut leaves: that one, and of
 * what was changed since and not forced any sectors, some of them in part. Names are treated alike. Any thread.
 */
public final class FaultyDisk implements Disk {
    /** What a disk writes at once; smaller parts may be torn. */
    public static final int SECTOR = 512;

    private final Random random;
    private final FaultyNames names = new FaultyNames();
    private final TreeSet<Path> directories = new TreeSet<>();
    private final Map<Path, Process> locks = new HashMap<>();
    private Process process = new Process();
    private int boots = 1;
    private long capacity = Long.MAX_VALUE;
    private boolean failsForces;
    private boolean failsWrites;
    private boolean failsMaps;
    private boolean cutsWritesShort;

    /** An empty disk. */
    public FaultyDisk(long seed) {
        random = new Random(seed * 0x9E3779B97F4A7C15L); // small seeds begin alike in the JDK's
    }

    /** Whoever used the disk is dead: its handles fail and its locks are free. What was written is there. */
    public synchronized void kill() {
        process = new Process();
        locks.clear();
        names.current().forEach((file, node) -> node.detach());
    }

    /** The machine went down and is up again: as {@link #kill}, but of what was not forced any part may be gone. */
    public synchronized void powerCut() {
        names.powerCut(random);
        names.current().forEach((file, node) -> node.powerCut(random));
        boots++;
        kill();
    }

    /** All files together may have so many bytes; a write that has no room for all of it is cut short. */
    public synchronized void capacity(long bytes) {
        capacity = bytes;
    }

    /** Whether forces fail from now on. Of what one that fails was asked for any part becomes durable. */
    public synchronized void failForces(boolean fail) {
        failsForces = fail;
    }

    /** Whether writes fail from now on. */
    public synchronized void failWrites(boolean fail) {
        failsWrites = fail;
    }

    /** Whether files can no longer be mapped. */
    public synchronized void failMaps(boolean fail) {
        failsMaps = fail;
    }

    /** Whether writes of more than one byte take a part of what they are given from now on. */
    public synchronized void cutWritesShort(boolean cut) {
        cutsWritesShort = cut;
    }

    /** Changes one bit, now and for ever. */
    public synchronized void flipBit(Path file, long position, int bit) throws IOException {
        names.get(file).flipBit((int) position, bit);
    }

    /** The bytes that a file has now; null if there is none. A copy. */
    public synchronized byte[] current(Path file) {
        final FaultyNode node = names.current().get(key(file));
        return node == null ? null : node.read(0, node.size());
    }

    /** The bytes that a file is sure to have after a power cut; null if there might be none. A copy. */
    public synchronized byte[] durable(Path file) {
        final FaultyNode node = names.durable(key(file));
        return node == null ? null : node.durable();
    }

    /** Some of the bytes that a file has now, as far as it has so many; null if there is none. A copy. */
    public synchronized byte[] current(Path file, long position, int length) {
        final FaultyNode node = names.current().get(key(file));
        return node == null ? null : node.read((int) position, length);
    }

    /** Whether some bytes of a file are durable, as they are now. */
    public synchronized boolean isDurable(Path file, long position, int length) {
        final FaultyNode node = names.durable(key(file));
        return node != null && node == names.current().get(key(file)) && node.isDurable((int) position, length);
    }

    /** Bytes of all files. */
    public synchronized long usedBytes() {
        return names.current().values().stream().mapToLong(FaultyNode::size).sum();
    }

    @Override
    public synchronized DiskFile create(Path file) throws IOException {
        checkDirectory(file.getParent());
        if (names.current().containsKey(key(file))) {
            throw new FileAlreadyExistsException(file.toString());
        }
        final FaultyNode node = new FaultyNode();
        names.put(key(file), node);
        return new FaultyFile(this, process, file, node, true);
    }

    @Override
    public synchronized DiskFile open(Path file, boolean isWritable) throws IOException {
        return new FaultyFile(this, process, file, names.get(key(file)), isWritable);
    }

    @Override
    public synchronized List<String> list(Path directory) throws IOException {
        checkDirectory(directory);
        return names.current().keySet().stream()
                .filter(file -> file.getParent().equals(key(directory)))
                .map(file -> file.getFileName().toString())
                .sorted()
                .toList();
    }

    @Override
    public synchronized void createDirectory(Path directory) {
        for (Path path = key(directory); path != null; path = path.getParent()) {
            directories.add(path);
        }
    }

    @Override
    public synchronized void rename(Path from, Path to) throws IOException {
        names.rename(key(from), key(to));
    }

    @Override
    public synchronized void delete(Path file) throws IOException {
        names.remove(key(file));
    }

    @Override
    public synchronized void forceDirectory(Path directory) throws IOException {
        checkDirectory(directory);
        checkForce();
        names.force(key(directory));
    }

    @Override
    public synchronized DiskLock lock(Path file, String holder) throws IOException {
        final Path path = key(file);
        if (locks.containsKey(path)) {
            throw new DiskLockedException(locks.get(path).holder);
        }
        if (!names.current().containsKey(path)) {
            create(file).close();
        }
        final Process taker = process;
        taker.holder = holder;
        locks.put(path, taker);
        return () -> unlock(path, taker);
    }

    @Override
    public synchronized String bootId() {
        return "boot-" + boots;
    }

    int write(Process by, FaultyNode node, int position, ByteBuffer from) throws IOException {
        checkAlive(by);
        if (failsWrites) {
            throw new IOException("Input/output error");
        }
        final long room = capacity - usedBytes() + node.size() - position;
        int length = (int) Math.min(from.remaining(), room);
        if (length <= 0 && from.hasRemaining()) {
            throw new IOException("No space left on device");
        }
        if (cutsWritesShort && length > 1) {
            length = 1 + random.nextInt(length - 1);
        }
        node.write(position, from, length);
        return length;
    }

    void force(Process by, FaultyNode node) throws IOException {
        checkAlive(by);
        if (failsForces) {
            node.forceSome(random);
        }
        checkForce();
        node.force();
    }

    void force(Process by, FaultyNode node, int position, int length) throws IOException {
        checkAlive(by);
        checkForce();
        node.force(position, length);
    }

    void checkMap() throws IOException {
        if (failsMaps) {
            throw new IOException("Cannot allocate memory");
        }
    }

    void checkAlive(Process by) throws IOException {
        if (by != process) {
            throw new IOException("the process that had this file open is dead");
        }
    }

    private synchronized void unlock(Path path, Process taker) {
        locks.remove(path, taker);
    }

    private void checkForce() throws IOException {
        if (failsForces) {
            throw new IOException("Input/output error");
        }
    }

    private void checkDirectory(Path directory) throws IOException {
        if (!directories.contains(key(directory))) {
            throw new NoSuchFileException(directory.toString());
        }
    }

    private static Path key(Path path) {
        return path.toAbsolutePath().normalize();
    }

    /** One life of whoever uses the disk. */
    static final class Process {
        private String holder = "";
    }
}
