package io.tautwire.system.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.client.Client;
import io.tautwire.system.e2e.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code offer} gave a sequence for outlives the process, wherever that is killed, and is sent once, in order. */
@Timeout(180)
class StoreKillTest {
    private static final String NAME = "pricer-1";
    private static final int KILLS = 6;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void killedAgainAndAgain(boolean isSynced) throws Exception {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        long told = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            told = writeAndKill(kill, told, 1 + random.nextInt(isSynced ? 50 : 2_000), isSynced, seed);
        }
        final List<String> delivered = Collections.synchronizedList(new ArrayList<>());
        try (TestServer server = TestServer.start(builder -> builder);
                Client subscriber = Client.connect(server.uri(), "subscriber");
                Client client = new Client(StoreWriter.config(store(), NAME, isSynced))) {
            subscriber.subscribe(StoreWriter.TOPIC, message -> delivered.add(message.bodyText()));
            final long kept = client.outstanding();
            assertTrue(kept == told || kept == told + 1, "told=" + told + " kept=" + kept + " seed=" + seed);
            client.connect(server.uri()).logon();
            assertEquals(kept, client.publishFlush(Duration.ofSeconds(60)).acknowledged(), "seed=" + seed);
            Waiting.until(() -> delivered.size() >= kept);
            for (int i = 0; i < kept; i++) {
                assertEquals(StoreWriter.body(i + 1L), delivered.get(i), "seed=" + seed);
            }
        }
    }

    private long writeAndKill(int kill, long told, int messages, boolean isSynced, long seed) throws Exception {
        final Path output = directory.resolve("told-" + kill);
        try (ChildProcess writer =
                ChildProcess.start(output, StoreWriter.class, store().toString(), NAME, Boolean.toString(isSynced))) {
            Waiting.until(() -> writer.lines().size() >= messages || !writer.isAlive());
            writer.kill();
            final List<Long> lines = wholeNumbers(writer.lines(), output);
            assertTrue(lines.size() >= messages - 1, "it ended by itself, lines=" + lines.size() + " seed=" + seed);
            final long first = lines.get(0);
            assertTrue(first == told + 1 || first == told + 2, "told=" + told + " first=" + first + " seed=" + seed);
            for (int i = 0; i < lines.size(); i++) {
                assertEquals(first + i, lines.get(i), "seed=" + seed);
            }
            return first + lines.size() - 1;
        }
    }

    /** The last line may be cut off in the middle of its number. */
    private static List<Long> wholeNumbers(List<String> lines, Path output) throws Exception {
        final String text = Files.readString(output);
        final List<String> whole = text.endsWith("\n") || lines.isEmpty() ? lines : lines.subList(0, lines.size() - 1);
        return whole.stream().map(Long::valueOf).toList();
    }

    private Path store() {
        return directory.resolve("store");
    }
}
