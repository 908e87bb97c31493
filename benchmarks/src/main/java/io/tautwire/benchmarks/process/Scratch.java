package io.tautwire.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A directory for a process's socket and key files, gone when it is closed. */
final class Scratch implements AutoCloseable {
    private final Path directory;

    Scratch() throws IOException {
        directory = Files.createTempDirectory("tautwire-bench");
    }

    /** A file in it, which does not exist yet. */
    Path file(String name) {
        return directory.resolve(name);
    }

    @Override
    public void close() throws IOException {
        final List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(directory)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).collect(Collectors.toList());
        }
        for (final Path each : deepestFirst) {
            Files.deleteIfExists(each);
        }
    }
}
