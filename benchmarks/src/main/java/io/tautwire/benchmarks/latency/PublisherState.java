package io.tautwire.benchmarks.latency;

import io.tautwire.benchmarks.process.Child;
import io.tautwire.benchmarks.process.ServerProcess;
import io.tautwire.benchmarks.process.UriTemplate;
import io.tautwire.client.Client;
import io.tautwire.client.ClientConfig;
import io.tautwire.client.Publication;
import io.tautwire.codec.sbe.Code;
import java.util.ArrayList;
import java.util.List;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;

/** A publisher that is logged on to a server in another process. */
@State(Scope.Thread)
public class PublisherState {
    /** Where to: with port 0, or without a socket file, a server is started for the trial; else it must be running. */
    @Param({
        "tcp://127.0.0.1:0?io=nio",
        "tcp://127.0.0.1:0?io=epoll",
        "unix:///?io=nio",
        "unix:///?io=epoll",
        "tcps://localhost:0?io=nio&tls_provider=openssl",
        "tcps://localhost:0?io=epoll&tls_provider=openssl",
        "tcps://localhost:0?io=nio&tls_provider=jdk",
        "tcps://localhost:0?io=epoll&tls_provider=jdk",
    })
    public String uri;

    /** Bytes of the body. */
    @Param("128")
    public int bodyLength;

    /** How the benchmark's thread waits: {@code park} or {@code spin}. */
    @Param("park")
    public String wait;

    final Names names = new Names();
    String address;
    Arrivals acknowledged;

    private Child server;
    private final List<AutoCloseable> clients = new ArrayList<>();
    private Publication publication;
    private UnsafeBuffer body;

    /** Starts the server, if there is to be one, and logs on. */
    @Setup
    public void logOn(BenchmarkParams params) {
        if (params.getThreads() != 1) {
            throw new IllegalArgumentException("threads=" + params.getThreads() + ": these rows are for one, -t 1");
        }
        acknowledged = newArrivals();
        body = Names.body(bodyLength);
        try {
            if (new UriTemplate(uri).wantsServer()) {
                server = ServerProcess.start(uri);
            }
            address = server == null ? uri : server.address();
            final Client client = logOn(
                    new ClientConfig(names.publisher())
                            .ackListener((from, to, code, reason, level) -> onAck(to, code, reason)),
                    acknowledged);
            publication = client.publication(names.topic());
        } catch (RuntimeException | Error e) {
            end();
            throw e;
        }
    }

    /** A way to wait for answers, as the parameter says. */
    final Arrivals newArrivals() {
        return switch (wait) {
            case "park" -> new Arrivals(false);
            case "spin" -> new Arrivals(true);
            default -> throw new IllegalArgumentException("wait=" + wait + ": accepted are park, spin");
        };
    }

    /** Logs a client on, until the end of the trial; its every trouble ends the wait for its answers. */
    final Client logOn(ClientConfig config, Arrivals answers) {
        final Client made = new Client(config.errorHandler(error -> answers.fail(error.toString()))
                .sessionListener((code, reason) -> answers.fail("the session ended: " + code + " " + reason)));
        clients.add(made);
        made.connect(address);
        made.logon();
        return made;
    }

    private void onAck(long to, Code code, String reason) {
        if (code == Code.OK) {
            acknowledged.reached(to);
        } else {
            acknowledged.fail(code + " " + reason);
        }
    }

    /** One attempt to publish; what {@link Publication#offer} returns. */
    final long tryOffer() {
        return publication.offer(body, 0, body.capacity());
    }

    /** Publishes, where there must be room. */
    final long offer() {
        final long sequence = tryOffer();
        if (sequence < 0) {
            throw new IllegalStateException("offer=" + sequence
                    + " was refused: lower inFlight or bodyLength, so that the publish store holds what is under way");
        }
        return sequence;
    }

    /** Ends all sessions, and then the server that was started. */
    @TearDown
    public void end() {
        CloseHelper.closeAll(clients);
        CloseHelper.close(server);
    }
}
