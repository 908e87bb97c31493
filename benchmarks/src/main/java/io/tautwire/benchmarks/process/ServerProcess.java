package io.tautwire.benchmarks.process;

import io.tautwire.server.Server;
import java.io.IOException;
import java.util.Map;

/** A Tautwire server as the only thing in its process; start it with {@link #start}. */
public final class ServerProcess {
    private ServerProcess() {}

    /**
     * Starts a server for a template, in a process of its own.
     *
     * @return the process; its address is the clients' connection string.
     */
    public static Child start(String template) {
        return Child.start(ServerProcess.class, template);
    }

    /**
     * Runs in the child.
     *
     * @param args the template.
     */
    public static void main(String[] args) throws IOException {
        final UriTemplate template = new UriTemplate(args[0]);
        final Scratch scratch = new Scratch();
        final String address;
        final Server server;
        try {
            Map<String, String> ofListener = Map.of();
            Map<String, String> ofClient = Map.of();
            if (template.isUnix()) {
                ofListener = Map.of("path", scratch.file("socket").toString());
                ofClient = ofListener;
            } else if (template.isTls()) {
                final Certificate certificate = new Certificate(scratch);
                ofListener = certificate.ofListener;
                ofClient = certificate.ofClient;
            }
            server = Server.builder().listen(template.listener(ofListener)).start();
            address = template.client(server.listeners().get(0).port(), ofClient);
        } catch (Throwable t) {
            scratch.close();
            throw t;
        }
        Lifeline.serve(address, () -> {
            try (scratch) {
                server.close();
            }
        });
    }
}
