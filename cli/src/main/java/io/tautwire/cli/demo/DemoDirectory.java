package io.tautwire.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** Where a demonstration keeps its files: nobody but this user may enter, and it goes away with all that is in it. */
final class DemoDirectory implements AutoCloseable {
    private static final String PREFIX = "tautwire-demo";
    private static final String OWNER_ONLY = "rw-------";

    private final Path path;

    private DemoDirectory(Path path) {
        this.path = path;
    }

    /** A new one among the temporary files. */
    static DemoDirectory create() {
        return in(Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** A new one in a directory. */
    static DemoDirectory in(Path parent) {
        try {
            // The JDK lets nobody but the owner in, where the file system can tell who that is.
            return new DemoDirectory(Files.createTempDirectory(parent, PREFIX));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The directory. */
    Path path() {
        return path;
    }

    /** A file in it, there or not. */
    Path file(String name) {
        return path.resolve(name);
    }

    /** Writes a file that only the owner may read, whoever is let into the directory later. */
    Path write(String name, String text) {
        final boolean isPosix =
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        final FileAttribute<?>[] ownerOnly = isPosix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY))
                }
                : new FileAttribute<?>[0];
        try {
            return Files.writeString(Files.createFile(file(name), ownerOnly), text);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.list(path)) {
            final List<Path> all = files.toList();
            for (final Path file : all) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(path);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
