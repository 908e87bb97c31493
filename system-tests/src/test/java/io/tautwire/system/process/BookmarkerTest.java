package io.tautwire.system.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.client.Client;
import io.tautwire.system.e2e.Await;
import io.tautwire.system.e2e.Carrier;
import io.tautwire.system.e2e.TestServer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A subscriber with a bookmark store that is killed while messages flow: what it was done with never comes again. */
@Timeout(180)
final class BookmarkerTest {
    private static final int LIVES = 4;
    private static final int PER_LIFE = 1500;

    @TempDir
    Path directory;

    private final AtomicInteger allowed = new AtomicInteger();

    /** What the lives so far have said. */
    private final Set<String> received = new HashSet<>();

    private final Set<String> discarding = new HashSet<>();
    private final Set<String> discarded = new HashSet<>();

    @Test
    void whatIsNotDiscardedComesAgainMarkedAndNothingElseDoes() throws Exception {
        try (TestServer server = TestServer.start(Carrier.USUAL);
                Client publisher = server.client("publisher")) {
            final Thread publishing = new Thread(() -> publish(publisher), "publishing");
            publishing.start();
            for (int life = 1; life <= LIVES; life++) {
                allowed.addAndGet(PER_LIFE);
                try (ChildProcess process = start(server, life)) {
                    Await.until("it was busy", () -> process.lines().size() > PER_LIFE);
                    process.kill();
                    check(process.lines());
                }
            }
            publishing.join();
            final long all = server.counters().appended();
            try (ChildProcess process = start(server, LIVES + 1)) {
                Await.until("all is discarded", () -> isAllDiscarded(process.lines(), all));
                check(process.lines());
            }
            assertEquals(all, received.size());
        }
    }

    /** Not faster than children can print. */
    private void publish(Client publisher) {
        for (int i = 0; i < LIVES * PER_LIFE; i++) {
            final int number = i;
            Await.until("it may go on", () -> number < allowed.get());
            publisher.publish("a/b", "" + i);
        }
        publisher.publishFlush();
    }

    private ChildProcess start(TestServer server, int life) throws Exception {
        return ChildProcess.start(
                directory.resolve("life-" + life),
                Bookmarker.class,
                server.uri(),
                directory.resolve("store").toString(),
                "" + life);
    }

    private boolean isAllDiscarded(List<String> lines, long all) {
        final Set<String> done = new HashSet<>(discarded);
        for (final String line : lines) {
            if (line.startsWith("discarded ")) {
                done.add(line.split(" ")[1]);
            }
        }
        // A message may have been discarded without a word about it when a life ended.
        done.addAll(discarding);
        return done.size() == all;
    }

    private void check(List<String> lines) {
        final Set<String> here = new HashSet<>();
        final Set<String> before = Set.copyOf(received);
        final Set<String> doneBefore = Set.copyOf(discarded);
        int last = -1;
        for (final String line : lines) {
            final String[] words = line.split(" ");
            if (words[0].equals("received") && words.length == 3 && isWhole(words[2])) {
                final int number = Integer.parseInt(words[1]);
                assertTrue(here.add(words[1]), () -> "twice in one life: " + line);
                assertFalse(doneBefore.contains(words[1]), () -> "it was discarded: " + line);
                assertTrue(number > last, () -> "out of order: " + line);
                assertTrue(!before.contains(words[1]) || words[2].equals("repeated"), () -> "unmarked: " + line);
                received.add(words[1]);
                last = number;
            } else if (words[0].equals("discarding") && words.length == 2) {
                discarding.add(words[1]);
            } else if (words[0].equals("discarded") && words.length == 2) {
                discarded.add(words[1]);
            }
        }
        checkMissing(here, before, last);
    }

    /** What lies up to the last one received and did not come was discarded before, or was about to be. */
    private void checkMissing(Set<String> here, Set<String> before, int last) {
        for (int number = 0; number <= last; number++) {
            final String text = "" + number;
            assertTrue(
                    here.contains(text) || before.contains(text) && discarding.contains(text),
                    () -> "it is missing: " + text);
        }
    }

    private static boolean isWhole(String word) {
        return word.equals("new") || word.equals("repeated");
    }
}
