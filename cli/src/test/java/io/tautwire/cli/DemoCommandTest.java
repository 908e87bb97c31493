package io.tautwire.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DemoCommandTest {
    private static final long TRADES = 100_000;

    @Test
    void accountsForEveryTradeOverTcp() {
        final CommandRun run = CommandRun.run("demo", "--json");
        assertEquals(0, run.exitCode(), run.err());
        assertEquals("", run.err());
        assertEquals(1, run.outLines().size());
        final Map<String, Object> json = run.json();
        assertEquals(
                List.of(
                        "messages",
                        "acknowledged",
                        "delivered",
                        "lost",
                        "duplicated",
                        "outOfOrder",
                        "seconds",
                        "deliverNanos"),
                List.copyOf(json.keySet()));
        assertEquals(TRADES, json.get("messages"));
        assertEquals(TRADES, json.get("acknowledged"));
        assertEquals(List.of(TRADES, TRADES), json.get("delivered"));
        assertEquals(0L, json.get("lost"));
        assertEquals(0L, json.get("duplicated"));
        assertEquals(0L, json.get("outOfOrder"));
        PingCommandTest.assertPercentiles(json.get("deliverNanos"));
    }

    @Test
    void showsProgressAndATableOverAUnixSocket() {
        final CommandRun run = CommandRun.runInteractive("demo", "--scheme", "unix");
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("over unix"), run.out());
        assertTrue(run.out().contains("100,000"), run.out());
        assertTrue(run.out().contains("publish to delivery"), run.out());
        assertTrue(run.err().contains("%"), run.err());
        assertTrue(run.err().endsWith("\r\u001b[K"), "the progress line is removed at the end");
    }

    @Test
    void trustsTheAuthorityItMadeForItself() {
        final CommandRun run = CommandRun.run("demo", "--scheme", "tcps", "--json");
        assertEquals(0, run.exitCode(), run.err());
        assertEquals("", run.err());
        assertEquals(TRADES, run.json().get("acknowledged"));
        assertEquals(List.of(TRADES, TRADES), run.json().get("delivered"));
    }

    @Test
    void takesOptionsOfTheConnection() {
        final CommandRun run = CommandRun.run("demo", "--options", "io=nio&max_frame=64k", "--json");
        assertEquals(0, run.exitCode(), run.err());
        assertEquals(TRADES, run.json().get("acknowledged"));
    }

    @Test
    void namesEveryWrongOptionAtOnce() {
        final CommandRun run = CommandRun.run("demo", "--scheme", "unix", "--options", "io=steam&tcp_nodlay=true");
        assertEquals(2, run.exitCode());
        assertEquals(1, run.errLines().size(), run.err());
        assertTrue(run.err().contains("steam"), run.err());
        assertTrue(run.err().contains("tcp_nodlay"), run.err());
    }

    @Test
    void theUserCanEndIt() {
        try (CommandRun run = CommandRun.start("demo", "--repeat", "1000")) {
            run.interrupt().awaitEnd();
            assertEquals(1, run.exitCode());
            assertEquals(1, run.errLines().size(), run.err());
            assertTrue(run.err().contains("INTERRUPTED"), run.err());
        }
    }
}
