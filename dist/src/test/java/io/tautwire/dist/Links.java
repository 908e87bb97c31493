package io.tautwire.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Symbolic links that a test made. */
final class Links {
    private Links() {}

    /** Removes those in a directory: JUnit would do it too, but with a warning for each that leads outside. */
    static void removeFrom(Path directory) throws IOException {
        final List<Path> links;
        try (Stream<Path> files = Files.walk(directory)) {
            links = files.filter(Files::isSymbolicLink).toList();
        }
        for (final Path link : links) {
            Files.delete(link);
        }
    }
}
