package io.tautwire.system.process;

import static io.tautwire.system.e2e.Codes.assertCode;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.client.Client;
import io.tautwire.client.Message;
import io.tautwire.codec.sbe.Code;
import io.tautwire.server.ServerAuthenticator;
import io.tautwire.system.e2e.Await;
import io.tautwire.system.e2e.Carrier;
import io.tautwire.system.e2e.TestServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that fight for one name, and processes that die: nothing is lost, nothing doubled. */
@Timeout(90)
final class NameFightTest {
    private static final int ROUNDS = 40;

    @TempDir
    Path directory;

    private final Map<Long, Long> lastByIncarnation = new HashMap<>();
    private String fault;
    private volatile long received;

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "unix"})
    void twoProcessesThatFightForANameLoseAndDoubleNothing(String scheme) throws Exception {
        try (TestServer server = TestServer.start(new Carrier(scheme, "auto"));
                Client subscriber = server.client("subscriber")) {
            subscriber.subscribe("fight", this::onMessage);
            final String uri = server.uri("alice");
            try (ChildProcess one = start("one", uri, ROUNDS);
                    ChildProcess two = start("two", uri, ROUNDS)) {
                Await.until("one of them has fought enough", () -> !one.isAlive() || !two.isAlive());
                one.finish();
                two.finish();
                one.awaitSuccess();
                two.awaitSuccess();
                final List<Ledger> ledgers = List.of(Ledger.of(one.lines(), false), Ledger.of(two.lines(), false));
                assertTrue(ledgers.stream().mapToInt(Ledger::replaced).max().orElseThrow() >= ROUNDS - 2, "" + ledgers);
                assertTrue(ledgers.stream().allMatch(ledger -> ledger.published() > ROUNDS), "" + ledgers);
                final long all = ledgers.stream().mapToLong(Ledger::published).sum();
                Await.until("received", all, () -> received);
                subscriber.disconnect();
                assertNull(fault);
                assertEquals(all, received);
                assertEquals(all, server.counters().appended());
                assertEquals(0, server.counters().refused());
                for (final Ledger ledger : ledgers) {
                    assertEquals(ledger.published(), ledger.acknowledgedTo());
                    assertEquals(ledger.published(), lastByIncarnation.get(ledger.incarnation()));
                }
            }
        }
    }

    @Test
    void whatAKilledProcessWasToldIsThereAndItsSuccessorIsSomebodyElse() throws Exception {
        try (TestServer server = TestServer.start(Carrier.USUAL);
                Client subscriber = server.client("subscriber")) {
            subscriber.subscribe("fight", this::onMessage);
            for (int life = 1; life <= 2; life++) {
                final long before = received;
                try (ChildProcess process = start("life-" + life, server.uri("alice"), 1)) {
                    Await.until("received", before + 1000, () -> received);
                    Await.until(
                            "it was told",
                            () -> Ledger.of(process.lines(), true).acknowledgedTo() > 0);
                    process.kill();
                    Await.until(
                            "the server has seen it", () -> server.counters().sessions() == 1);
                    Await.until("received", server.counters().appended(), () -> received);
                    final Ledger ledger = Ledger.of(process.lines(), true);
                    assertTrue(lastByIncarnation.get(ledger.incarnation()) >= ledger.acknowledgedTo());
                }
            }
            subscriber.disconnect();
            assertNull(fault);
            assertEquals(2, lastByIncarnation.size());
            assertEquals(server.counters().appended(), received);
        }
    }

    @Test
    void anotherUserOfAnotherProcessDoesNotGetTheName() throws Exception {
        try (TestServer server = TestServer.start(Carrier.USUAL);
                ChildProcess holder = start("holder", server.uri("alice"), 1)) {
            Await.until("it publishes", 1000, () -> server.counters().appended());
            assertCode(Code.NAME_IN_USE, () -> Client.connect(server.uri("bob"), "fighter"));
            assertCode(Code.NAME_IN_USE, () -> Client.connect(server.uri(), "fighter"));
            holder.finish();
            holder.awaitSuccess();
            final Ledger ledger = Ledger.of(holder.lines(), false);
            assertEquals(0, ledger.replaced());
            assertEquals(1, ledger.logons());
            assertEquals(server.counters().appended(), ledger.published());
            Client.connect(server.uri("bob"), "fighter").close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "unix"})
    void aVerifiedUsersNameIsItsOwnAndNobodyElses(String scheme) throws Exception {
        final var users = ServerAuthenticator.passwords(Map.of("alice", "wonderland", "bob", "builder"));
        try (TestServer server = TestServer.start(new Carrier(scheme, "auto"), builder -> builder.authenticator(users)
                        .allowAnonymous(true));
                ChildProcess holder = start("holder", server.uri("alice:wonderland"), ROUNDS)) {
            Await.until("it publishes", 1000, () -> server.counters().appended());
            assertCode(Code.NAME_IN_USE, () -> Client.connect(server.uri("bob:builder"), "fighter"));
            assertCode(Code.NAME_IN_USE, () -> Client.connect(server.uri(), "fighter"));
            assertCode(Code.AUTHENTICATION_FAILED, () -> Client.connect(server.uri("alice:builder"), "fighter"));
            assertCode(Code.AUTHENTICATION_FAILED, () -> Client.connect(server.uri("alice"), "fighter"));
            assertEquals(0, Ledger.of(holder.lines(), true).replaced());
            try (Client second = new Client("fighter")) {
                second.connect(server.uri("alice:wonderland"));
                logonOrBeReplaced(second);
                Await.until(
                        "the first one has taken it back",
                        () -> Ledger.of(holder.lines(), true).logons() == 2);
            }
            holder.finish();
            holder.awaitSuccess();
            final Ledger ledger = Ledger.of(holder.lines(), false);
            assertEquals(1, ledger.replaced());
            assertEquals(2, ledger.logons());
            assertEquals(server.counters().appended(), ledger.published());
        }
    }

    @Test
    void anAnonymousProcessKeepsItsNameAgainstAnotherAnonymousOne() throws Exception {
        try (TestServer server = TestServer.start(Carrier.USUAL);
                ChildProcess holder = start("holder", server.uri(), 1)) {
            Await.until("it publishes", 1000, () -> server.counters().appended());
            assertCode(Code.NAME_IN_USE, () -> Client.connect(server.uri(), "fighter"));
            assertCode(Code.NAME_IN_USE, () -> Client.connect(server.uri("alice"), "fighter"));
            holder.finish();
            holder.awaitSuccess();
            assertEquals(0, Ledger.of(holder.lines(), false).replaced());
        }
    }

    /** The other one may be back before this one sees that it is logged on. */
    private static void logonOrBeReplaced(Client client) {
        try {
            client.logon();
        } catch (TautwireException e) {
            assertTrue(Set.of(Code.SESSION_REPLACED, Code.DISCONNECTED, Code.NOT_CONNECTED)
                    .contains(e.code()));
        }
    }

    private ChildProcess start(String output, String uri, int rounds) throws Exception {
        return ChildProcess.start(directory.resolve(output), Publisher.class, uri, "fighter", Integer.toString(rounds));
    }

    private void onMessage(Message message) {
        final long last = lastByIncarnation.getOrDefault(message.incarnation(), 0L);
        if (message.sequence() != last + 1 && fault == null) {
            fault = "incarnation=" + message.incarnation() + " sequence=" + message.sequence() + " came after " + last;
        }
        lastByIncarnation.put(message.incarnation(), message.sequence());
        received++;
    }
}
