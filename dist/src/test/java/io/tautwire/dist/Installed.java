package io.tautwire.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The archive, unpacked as a user would. */
final class Installed {
    private final Path home;

    private Installed(Path home) {
        this.home = home;
    }

    /** Unpacks it into a directory. */
    static Installed into(Path directory) throws IOException, InterruptedException {
        final ProcessBuilder tar =
                new ProcessBuilder("tar", "-xzf", Built.archive().toString(), "-C", directory.toString());
        try (Run run = Run.start(tar, "")) {
            run.awaitSuccess();
        }
        return new Installed(directory.resolve("tautwire-" + Built.version()));
    }

    /** The folder in the archive. */
    Path home() {
        return home;
    }

    /** The script. */
    Path script() {
        return home.resolve("bin").resolve("tautwire");
    }

    /** The names of the files in one of its folders. */
    List<String> names(String folder) throws IOException {
        try (Stream<Path> files = Files.list(home.resolve(folder))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** Runs a command with nothing but a path to search and this JVM's Java. */
    static Run start(Path script, Path directory, Map<String, String> environment, String input, String... words)
            throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(script.toString());
        command.addAll(List.of(words));
        final ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        return Run.start(builder, input);
    }
}
