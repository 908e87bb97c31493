package io.tautwire.journal.file;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Which name leads to which file, now and after a power cut. */
final class FaultyNames {
    private final Map<Path, FaultyNode> current = new TreeMap<>();
    private final Map<Path, FaultyNode> durable = new TreeMap<>();
    private final List<Change> changes = new ArrayList<>();

    Map<Path, FaultyNode> current() {
        return current;
    }

    /** The file that a name is sure to lead to; null if there might be none, or another. */
    FaultyNode durable(Path file) {
        final boolean isChanging = changes.stream().anyMatch(change -> change.concerns(file));
        return isChanging ? null : durable.get(file);
    }

    FaultyNode get(Path file) throws IOException {
        final FaultyNode node = current.get(file);
        if (node == null) {
            throw new NoSuchFileException(file.toString());
        }
        return node;
    }

    void put(Path file, FaultyNode node) {
        change(new Change(null, file, node));
    }

    void rename(Path from, Path to) throws IOException {
        change(new Change(from, to, get(from)));
    }

    void remove(Path file) throws IOException {
        get(file);
        change(new Change(file, null, null));
    }

    /** What was changed in a directory is durable. */
    void force(Path directory) {
        changes.removeIf(change -> {
            final boolean isThere = change.directory().equals(directory);
            if (isThere) {
                change.apply(durable);
            }
            return isThere;
        });
    }

    /** Any of the changes that were not forced may be gone. */
    void powerCut(Random random) {
        for (final Change change : changes) {
            if (random.nextBoolean()) {
                change.apply(durable);
            }
        }
        changes.clear();
        current.clear();
        current.putAll(durable);
    }

    private void change(Change change) {
        change.apply(current);
        changes.add(change);
    }

    /** A name that goes, a name that comes, or one that takes the place of another. */
    private record Change(Path gone, Path come, FaultyNode node) {
        void apply(Map<Path, FaultyNode> to) {
            if (gone != null) {
                to.remove(gone);
            }
            if (come != null) {
                to.put(come, node);
            }
        }

        Path directory() {
            return (come == null ? gone : come).getParent();
        }

        boolean concerns(Path file) {
            return file.equals(gone) || file.equals(come);
        }
    }
}
