package io.tautwire.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the command as a process of its own. */
final class CommandProcess {
    private CommandProcess() {}

    static Process start(String... words) throws IOException {
        return start(List.of(), words);
    }

    static Process start(List<String> flags, String... words) throws IOException {
        return new ProcessBuilder(command(flags, words)).start();
    }

    /** The words to run it with, and with further flags of the JVM. */
    static List<String> command(List<String> flags, String... words) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flagsOfThisJvm());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(words));
        return command;
    }

    /** What the JDK in use asks to be said aloud: without it a later one warns on the stream that is read here. */
    private static List<String> flagsOfThisJvm() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("--"))
                .toList();
    }
}
