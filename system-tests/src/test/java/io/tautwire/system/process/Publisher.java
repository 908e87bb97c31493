package io.tautwire.system.process;

import io.tautwire.TautwireException;
import io.tautwire.client.Client;
import io.tautwire.client.ClientConfig;
import io.tautwire.client.FlushResult;
import io.tautwire.client.Publication;
import io.tautwire.codec.sbe.Code;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A process of its own that publishes without a pause under a name, and fights for it: whenever it is told
 * {@code SESSION_REPLACED} it logs on again. It writes its ledger to its output, line by line as things happen:
 *
 * <pre>
 * incarnation 123       once
 * logon                 each time it holds the name
 * ack 1 17 OK           each outcome
 * replaced              each time it lost the name
 * done 20000 20000 0    at the end: published, acknowledged, refused
 * </pre>
 *
 * It stops to publish after so many rounds, or when its input ends, and then sees to it that everything has an outcome.
 */
final class Publisher {
    private static final Duration FLUSH_TIMEOUT = Duration.ofSeconds(20);
    private static final long PAUSE_EVERY = 64;

    /** Between a logon and its end, another one may take the name or the connection. */
    private static final Set<Code> LOST = Set.of(Code.SESSION_REPLACED, Code.DISCONNECTED, Code.NOT_CONNECTED);

    private final PrintStream ledger;
    private final String uri;
    private final int rounds;
    private final Client client;
    private final BlockingQueue<Code> ends = new LinkedBlockingQueue<>();
    private volatile boolean stopped;
    private volatile boolean over;

    private Publisher(String uri, String name, int rounds, PrintStream ledger) {
        this.uri = uri;
        this.rounds = rounds;
        this.ledger = ledger;
        this.client = new Client(new ClientConfig(name)
                .storeBytes(1 << 20)
                .ackListener((from, to, code, reason, level) -> ledger.println("ack " + from + " " + to + " " + code))
                .errorHandler(error -> ledger.println("error " + error))
                .sessionListener((code, reason) -> ends.add(code)));
    }

    /** Arguments: uri, client name, rounds. */
    public static void main(String[] args) throws Exception {
        final PrintStream ledger = new PrintStream(System.out, true);
        new Publisher(args[0], args[1], Integer.parseInt(args[2]), ledger).run();
        System.exit(0);
    }

    private void run() throws Exception {
        ledger.println("incarnation " + client.incarnation());
        daemon(this::publish);
        daemon(this::stopWhenInputEnds);
        logon();
        for (int round = 0; round < rounds && !stopped; ) {
            final Code end = ends.poll(10, TimeUnit.MILLISECONDS);
            if (end != null) {
                round++;
                onEnd(end);
            }
        }
        stopped = true;
        Waiting.until(() -> over);
        finish();
    }

    /** The other one may still fight; the last one to hold the name has all its outcomes then. */
    private void finish() {
        final long published = client.counters().published();
        while (client.outstanding() > 0) {
            final Code end = ends.poll();
            if (end != null) {
                onEnd(end);
            }
            Waiting.moment();
        }
        final FlushResult result = client.publishFlush(FLUSH_TIMEOUT);
        ledger.println("done " + published + " " + result.acknowledged() + " " + result.refused());
        client.close();
    }

    private void onEnd(Code end) {
        ledger.println(end == Code.SESSION_REPLACED ? "replaced" : "ended " + end);
        logon();
    }

    private void logon() {
        boolean in = false;
        while (!in) {
            try {
                client.disconnect();
                client.connect(uri + "&reconnect=false").logon(); // the fight is about single sessions
                in = true;
                ledger.println("logon");
            } catch (TautwireException e) {
                if (!LOST.contains(e.code())) {
                    ledger.println("error " + e.getMessage());
                    throw e;
                }
            }
        }
    }

    private void publish() {
        final Publication publication = client.publication("fight");
        long published = 0;
        while (!stopped) {
            if (publication.offer("x") < 0 || ++published % PAUSE_EVERY == 0) {
                Waiting.moment();
            }
        }
        over = true;
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

    private static void daemon(Runnable work) {
        final Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
    }
}
