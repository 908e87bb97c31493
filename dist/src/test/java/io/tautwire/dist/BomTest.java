package io.tautwire.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The BOM serves a project that is not ours: {@code src/test/consumer}, built by the Maven that builds this. It sees a
 * local repository in which links stand for everybody's libraries and Tautwire is what this build has just made, so
 * nothing is installed and nothing installed before is mistaken for it.
 */
@DisabledOnOs(OS.WINDOWS)
final class BomTest {
    /** What a program may use, in the BOM. */
    private static final List<String> MODULES = List.of("codec", "journal", "transport-native", "client", "server");

    @TempDir
    Path directory;

    private Path repository;

    @BeforeEach
    void fillRepository() throws IOException {
        repository = Files.createDirectory(directory.resolve("repository"));
        final Path usual = Path.of(Built.said("tautwire.maven.repository"));
        linkAll(usual, repository, "io");
        linkAll(usual.resolve("io"), Files.createDirectory(repository.resolve("io")), "tautwire");
        add("tautwire-parent", Built.root().resolve("pom.xml"), "pom");
        add("tautwire-bom", Built.root().resolve("bom/pom.xml"), "pom");
        for (final String module : MODULES) {
            final Path home = Built.root().resolve(module);
            final String artifact = "tautwire-" + module;
            add(artifact, home.resolve("pom.xml"), "pom");
            add(artifact, home.resolve("target").resolve(artifact + "-" + Built.version() + ".jar"), "jar");
        }
    }

    @AfterEach
    void removeLinks() throws IOException {
        Links.removeFrom(directory);
    }

    private static void linkAll(Path from, Path to, String but) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (final Path file : files.toList()) {
                if (!file.getFileName().toString().equals(but)) {
                    Files.createSymbolicLink(to.resolve(file.getFileName()), file);
                }
            }
        }
    }

    private void add(String artifact, Path file, String extension) throws IOException {
        assertTrue(Files.isRegularFile(file), file::toString);
        final Path place = repository.resolve("io/tautwire").resolve(artifact).resolve(Built.version());
        Files.createDirectories(place);
        Files.createSymbolicLink(place.resolve(artifact + "-" + Built.version() + "." + extension), file);
    }

    private void copyConsumer(Path to) throws IOException {
        final Path from = Built.root().resolve("dist/src/test/consumer");
        try (Stream<Path> files = Files.walk(from)) {
            for (final Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    @Test
    void aProjectThatImportsItNamesNoOtherVersion() throws IOException, InterruptedException {
        final Path consumer = directory.resolve("consumer");
        copyConsumer(consumer);
        final List<String> command = new ArrayList<>();
        command.add(Path.of(Built.said("tautwire.maven.home"), "bin", "mvn").toString());
        command.addAll(List.of("-B", "-ntp", "-q", "-Dstyle.color=never", "-Dmaven.repo.local=" + repository));
        command.addAll(List.of("-Dtautwire.version=" + Built.version()));
        command.addAll(List.of("-Dtautwire.junit.version=" + Built.said("tautwire.junit.version"), "test"));
        if (Built.said("tautwire.maven.network").equals("offline=true")) {
            command.add("--offline");
        }
        final ProcessBuilder maven = new ProcessBuilder(command).directory(consumer.toFile());
        maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
        try (Run run = Run.start(maven, "")) {
            run.await();
            assertEquals(0, run.exitCode(), () -> run.out() + run.err());
            assertTrue(Files.exists(consumer.resolve("target/surefire-reports/consumer.ConsumerTest.txt")), run::out);
        }
    }
}
