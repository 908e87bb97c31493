package io.tautwire.system.process;

import io.tautwire.client.Client;
import io.tautwire.client.ClientConfig;
import io.tautwire.client.Publication;
import io.tautwire.client.PublishStore;
import java.io.PrintStream;
import java.nio.file.Path;

/** A process that publishes into a store in files until it is killed, and writes each sequence once it has it. */
final class StoreWriter {
    static final String TOPIC = "trades/BTC";
    static final long STORE_BYTES = 64 << 20;

    private StoreWriter() {}

    /** Arguments: directory, client name, whether the store is synced. */
    public static void main(String[] args) {
        final PrintStream ledger = new PrintStream(System.out, true);
        final Client client = new Client(config(Path.of(args[0]), args[1], Boolean.parseBoolean(args[2])));
        final Publication publication = client.publication(TOPIC);
        for (long next = client.lowestOutstanding() + client.outstanding(); ; next++) {
            final long sequence = publication.offer(body(next));
            if (sequence == next) {
                ledger.println(sequence);
            } else if (sequence > 0) {
                throw new IllegalStateException("sequence=" + sequence + " came for next=" + next);
            } else {
                next--; // the next segment is being prepared
            }
        }
    }

    static ClientConfig config(Path directory, String name, boolean isSynced) {
        return new ClientConfig(name)
                .store(PublishStore.file(directory, STORE_BYTES).synced(isSynced));
    }

    /** Of a length that differs from one message to the next, so that none stands where another did. */
    static String body(long sequence) {
        return sequence + " " + "x".repeat((int) (sequence * 37 % 700));
    }
}
