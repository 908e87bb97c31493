package io.tautwire.system.process;

import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.server.Server;
import java.nio.file.Path;

/** A process of its own that serves a data directory until its input ends, or it is killed. */
final class ServerProcess {
    private ServerProcess() {}

    /** Arguments: uri to listen at, data directory, durability. */
    public static void main(String[] args) throws Exception {
        try (Server server = Server.builder()
                .listen(args[0])
                .dataDirectory(Path.of(args[1]))
                .durability(AckLevel.valueOf(args[2]))
                .segmentBytes(1 << 20)
                .start()) {
            System.out.println("ready " + server.listeners().get(0).uri());
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
        }
        System.exit(0);
    }
}
