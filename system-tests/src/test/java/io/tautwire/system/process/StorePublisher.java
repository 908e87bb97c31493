package io.tautwire.system.process;

import io.tautwire.client.Client;
import io.tautwire.client.ClientConfig;
import io.tautwire.client.Publication;
import io.tautwire.client.PublishStore;
import io.tautwire.client.ReconnectPolicy;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A process of its own that publishes from a store in files until its input ends, through whatever happens to the
 * server, and may be killed and begun again over the same store. What it publishes is its name. It writes its ledger to
 * its output, line by line as things happen:
 *
 * <pre>
 * begin 123 1000        once: incarnation, lowest sequence without an outcome
 * ack 1 17 OK           each outcome
 * offered 1063          now and then: the last sequence that was given out
 * done 20000            at the end, when all has an outcome: the last sequence
 * </pre>
 */
final class StorePublisher {
    private static final Duration FLUSH_TIMEOUT = Duration.ofSeconds(60);
    private static final int BURST = 4;
    private static final int TOLD_EVERY = 64;

    private final PrintStream ledger;
    private final Client client;
    private volatile boolean stopped;

    private StorePublisher(String name, Path store, PrintStream ledger) {
        this.ledger = ledger;
        this.client = new Client(new ClientConfig(name)
                .store(PublishStore.file(store, 4 << 20))
                .reconnectPolicy(ReconnectPolicy.fixed(Duration.ofMillis(50)))
                .ackListener((from, to, code, reason, level) -> ledger.println("ack " + from + " " + to + " " + code))
                .errorHandler(error -> ledger.println("error " + error)));
    }

    /** Arguments: uri, client name, directory of the store. */
    public static void main(String[] args) throws Exception {
        final PrintStream ledger = new PrintStream(System.out, true);
        new StorePublisher(args[1], Path.of(args[2]), ledger).run(args[0]);
        System.exit(0);
    }

    private void run(String uri) {
        ledger.println("begin " + client.incarnation() + " " + client.lowestOutstanding());
        client.connectInBackground(uri);
        final Thread watching = new Thread(this::stopWhenInputEnds);
        watching.setDaemon(true);
        watching.start();
        final long last = publish();
        client.publishFlush(FLUSH_TIMEOUT);
        ledger.println("done " + last);
        client.close();
    }

    private long publish() {
        final Publication publication = client.publication("kill/" + client.name());
        long last = 0;
        long count = 0;
        while (!stopped) {
            final long sequence = publication.offer(client.name());
            last = sequence > 0 ? sequence : last;
            if (sequence < 0 || ++count % BURST == 0) {
                Waiting.moment();
            }
            if (count % TOLD_EVERY == 0) {
                ledger.println("offered " + last);
            }
        }
        return last;
    }

    private void stopWhenInputEnds() {
        try {
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
        } catch (IOException e) {
            ledger.println("error " + e);
        }
        stopped = true;
    }
}
