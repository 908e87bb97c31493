package io.tautwire.server.internal.users;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import io.tautwire.server.ServerAuthenticator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class UserAuthenticatorTest {
    private static final String REFUSED = "refused user or credential refused";
    private static final String NONCE = "fyko+d2lbbFgONRv9qkxdawL";
    private static final byte[] SALT = "sixteen bytes ok".getBytes(UTF_8);

    private final CountingMath math = new CountingMath();
    private final UserEntry alice = entry("alice", "wonderland", 4096);
    private final ServerAuthenticator users = authenticator(alice, entry("bob,=", "builder", 4096));

    @Test
    void whoKnowsThePasswordIsAcceptedWithoutSendingIt() {
        for (final boolean isPlain : List.of(false, true)) {
            assertEquals("accepted alice", scram("alice", "wonderland", isPlain));
            assertEquals("accepted bob,=", scram("bob,=", "builder", isPlain));
            assertEquals(REFUSED, scram("alice", "wonderlanD", isPlain));
            assertEquals(REFUSED, scram("carol", "wonderland", isPlain));
        }
    }

    @Test
    void aPlainPasswordIsTakenOnlyWhereItIsAccepted() {
        assertEquals("accepted alice", plain("alice", "wonderland"));
        for (final String[] wrong :
                new String[][] {{"alice", "wrong"}, {"carol", "wonderland"}, {"", "wonderland"}, {"alice", ""}, {"", ""}
                }) {
            assertEquals(REFUSED, plain(wrong[0], wrong[1]));
        }
        for (final String user : List.of("alice", "carol", "")) {
            final String refusal = new Asked(users, false).say(user, "wonderland");
            assertEquals("refused " + Refusals.PLAIN, refusal);
            assertEquals(REFUSED, new Asked(users, false).say(user, ""));
        }
        for (final String remedy : List.of("tcps", "unix", "SCRAM-SHA-256", "--plain-passwords")) {
            assertTrue(Refusals.PLAIN.contains(remedy));
        }
    }

    @Test
    void namesAndPasswordsWrittenInAnotherWayAreTheSame() {
        final ServerAuthenticator odd =
                UserAuthenticator.ofPasswords(Map.of("\u2168", "I\u00ADX")); // roman nine is IX, a soft hyphen nothing
        assertEquals("accepted IX", new Asked(odd, true).say("IX", "IX"));
        assertEquals("accepted IX", new Asked(odd, true).say("\u2168", "\u2168"));
        assertEquals("accepted IX", new Asked(odd, false).converse("\u2168", new ScramPeer("IX", "IX", NONCE)));
    }

    @Test
    void oneUserGivenInTwoWaysIsAFault() {
        final TautwireException fault = Assertions.assertThrows(
                TautwireException.class, () -> UserAuthenticator.ofPasswords(Map.of("\u2168", "a", "IX", "b")));
        assertEquals(Code.CONFIGURATION_INVALID, fault.code());
    }

    @Test
    void refusalsCostTheSameWhateverIsWrong() {
        final Set<String> plainly = new HashSet<>();
        for (final String[] wrong : new String[][] {
            {"alice", "wrong"},
            {"carol", "wonderland"},
            {"", ""},
            {"", "x"},
            {"alice", ""},
            {"carol", ""},
            {"a:b", "x"},
            {"\u00AD", "x"},
            {"alice", "\u00AD"},
            {"alice", "\u0007"},
            {"carol", "\uD83D\uDE00"},
            {"\u0627\u0031", "x"}
        }) {
            math.take();
            assertEquals(REFUSED, plain(wrong[0], wrong[1]));
            plainly.add(math.take());
        }
        assertEquals(1, plainly.size(), plainly.toString());
        assertTrue(plainly.iterator().next().startsWith("passwords=1 iterations=4096 "), plainly.toString());
        final Set<String> withoutCredential = new HashSet<>();
        for (final String user : List.of("alice", "carol", "")) {
            math.take();
            new Asked(users, false).say(user, "");
            withoutCredential.add(math.take());
        }
        assertEquals(1, withoutCredential.size(), withoutCredential.toString());
    }

    @Test
    void aConversationCostsTheSameWhoeverItIsWith() {
        final Set<String> firsts = new HashSet<>();
        final Set<String> lasts = new HashSet<>();
        for (final String user : List.of("alice", "carol", "dave")) {
            final Asked asked = new Asked(users, false);
            final ScramPeer peer = new ScramPeer(user, "wrong", NONCE);
            math.take();
            final String first = asked.say(user, peer.first());
            firsts.add(math.take());
            assertEquals(REFUSED, asked.say(user, peer.last(first.substring("challenge ".length()))));
            lasts.add(math.take());
        }
        assertEquals(1, firsts.size(), firsts.toString());
        assertEquals(1, lasts.size(), lasts.toString());
        assertTrue(lasts.iterator().next().startsWith("passwords=0 "), lasts.toString());
    }

    @Test
    void anUnknownUserLooksLikeAKnownOneAndAlwaysTheSame() {
        final ServerAuthenticator mixed = authenticator(
                alice,
                UserEntry.of("bob", new char[] {'x'}, new byte[24], 8192),
                UserEntry.of("zoe", new char[] {'x'}, new byte[70], 5000));
        final Set<String> shapes = new HashSet<>();
        final Set<String> salts = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            final String[] one = saltAndCount(mixed, "user-" + i);
            assertEquals(List.of(one), List.of(saltAndCount(mixed, "user-" + i)));
            shapes.add(one[0].length() + " " + one[1]);
            salts.add(one[0]);
        }
        assertEquals(200, salts.size());
        for (final String user : List.of("alice", "bob", "zoe")) {
            final String[] known = saltAndCount(mixed, user);
            assertTrue(shapes.remove(known[0].length() + " " + known[1]), user);
        }
        assertEquals(Set.of(), shapes);
        assertNotEquals(
                saltAndCount(users, "carol")[0],
                saltAndCount(new UserAuthenticator(List.of(alice), math, new Random(8), 4096), "carol")[0]);
    }

    @Test
    void whatStandsInAStolenFileLogsNobodyOn() {
        final Verifier stolen = alice.verifier();
        for (final byte[] key : List.of(stolen.storedKey(), stolen.serverKey(), stolen.salt())) {
            assertEquals(REFUSED, new Asked(users, true).say("alice", key));
            assertEquals(REFUSED, plain("alice", ScramPeer.base64(key)));
            final Asked asked = new Asked(users, false);
            final String first = asked.say("alice", new ScramPeer("alice", "", NONCE).first());
            final String nonce = first.substring("challenge ".length()).split(",")[0];
            final String withoutProof = "c=biws," + nonce;
            final String signed =
                    "n=alice,r=" + NONCE + ',' + first.substring("challenge ".length()) + ',' + withoutProof;
            for (final byte[] proof : List.of(
                    key.length == 32 ? key : ScramPeer.hash(key),
                    ScramPeer.hmac(key, signed),
                    ScramPeer.xor(ScramPeer.hash(key), ScramPeer.hmac(key, signed)),
                    ScramPeer.xor(ScramPeer.hmac(key, "Client Key"), ScramPeer.hmac(stolen.storedKey(), signed)))) {
                assertEquals(REFUSED, asked.say("alice", withoutProof + ",p=" + ScramPeer.base64(proof)));
            }
        }
        assertEquals(REFUSED, plain("alice", alice.line()));
    }

    @Test
    void aProofIsOfItsConversationOnly() {
        final ScramPeer peer = new ScramPeer("alice", "wonderland", NONCE);
        final Asked first = new Asked(users, false);
        final byte[] proof = peer.last(first.say("alice", peer.first()).substring("challenge ".length()));
        assertTrue(first.say("alice", proof).startsWith("challenge v="));
        final Asked second = new Asked(users, false);
        second.say("alice", peer.first());
        assertEquals(REFUSED, second.say("alice", proof));
    }

    @Test
    void aWellSignedMessageOfAnotherConversationIsRefused() {
        final ScramPeer peer = new ScramPeer("alice", "wonderland", NONCE);
        for (final String beginning :
                List.of("c=eSws,NONCE", "c=biws,NONCEx", "c=biws,r=" + NONCE, "c=biws,x=1,NONCE")) {
            final Asked asked = new Asked(users, false);
            final String first = asked.say("alice", peer.first()).substring("challenge ".length());
            assertEquals(
                    REFUSED,
                    asked.say("alice", peer.last(first, beginning.replace("NONCE", first.split(",")[0]))),
                    beginning);
        }
        final Asked asked = new Asked(users, false);
        final String first = asked.say("alice", peer.first()).substring("challenge ".length());
        final String extended = "c=biws," + first.split(",")[0] + ",e=1";
        assertTrue(asked.say("alice", peer.last(first, extended)).startsWith("challenge v="), "an optional extension");
    }

    @Test
    void whatCanBeNoPasswordIsNotTakenForOne() {
        final ServerAuthenticator shortly = UserAuthenticator.ofPasswords(Map.of("alice", "x"));
        assertEquals("accepted alice", new Asked(shortly, true).say("alice", "x"));
        for (final byte[] none : List.of(new byte[0], new byte[] {(byte) 0xFF}, new byte[] {7}, new byte[] {'x', 0})) {
            assertEquals(REFUSED, new Asked(shortly, true).say("alice", none));
        }
    }

    @Test
    void onlyNothingAnswersTheServersFinalMessage() {
        final ScramPeer peer = new ScramPeer("alice", "wonderland", NONCE);
        final Asked asked = new Asked(users, true);
        asked.say("alice", peer.last(asked.say("alice", peer.first()).substring("challenge ".length())));
        assertEquals(REFUSED, asked.say("alice", "wonderland"));
    }

    @Test
    void malformedFirstMessagesAreRefusedWithTheSameWords() {
        for (final String message : List.of(
                "",
                "n",
                "n,",
                "n,,",
                "n,,n=alice",
                "n,,n=,r=x",
                "n,,n=alice,r=",
                "n,,r=x,n=alice",
                "p=tls-unique,,n=alice,r=x",
                "n,a=alice,n=alice,r=x",
                "n,,m=x,n=alice,r=x",
                "n,,n=bob,r=x",
                "n,,n=al=ice,r=x",
                "n,,n=alice=2,r=x",
                "n,,n=alice,r=a b",
                "n,,n=alice,r=\u00e9",
                "n,,n=alice,r=" + "x".repeat(513),
                "x,,n=alice,r=x",
                "n,,n=alice\0,r=x",
                "n,,n=ALICE,r=x")) {
            assertEquals(REFUSED, new Asked(users, true).say("alice", "SCRAM-SHA-256\0" + message), message);
        }
        assertEquals(REFUSED, new Asked(users, true).say("", "SCRAM-SHA-256\0n,,n=,r=x"));
        assertTrue(new Asked(users, false)
                .say("alice", "SCRAM-SHA-256\0y,,n=alice,r=x,e=1")
                .startsWith("challenge r=x"));
    }

    @Test
    void malformedFinalMessagesAreRefusedWithTheSameWords() {
        final String proof = ScramPeer.base64(new byte[32]);
        for (final String message : List.of(
                "",
                "p=",
                ",p=",
                "c=biws,r=NONCE",
                "c=biws,r=NONCE,p=",
                "c=biws,r=NONCE,p=!",
                "c=biws,r=NONCE,p=AAAA",
                "c=eSws,r=NONCE,p=" + proof,
                "c=biws,r=" + NONCE + ",p=" + proof,
                "c=,r=NONCE,p=" + proof,
                "r=NONCE,c=biws,p=" + proof,
                "c=biws,r=NONCE,p=" + proof + ",p=" + proof,
                "c=biws,p=" + proof,
                "c=biws,r=NONCE,p=" + proof + "AAAA",
                "c=biws,r=NONCEx,p=" + proof)) {
            final Asked asked = new Asked(users, true);
            final String first = asked.say("alice", new ScramPeer("alice", "", NONCE).first());
            final String nonce = first.substring("challenge r=".length()).split(",")[0];
            assertEquals(REFUSED, asked.say("alice", message.replace("NONCE", nonce)), message);
        }
    }

    @Test
    void damagedMessagesNeverThrowAndNeverLogOn() {
        final long seed = new Random().nextLong();
        final Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            final ScramPeer peer = new ScramPeer("alice", "wonderland", NONCE);
            final Asked asked = new Asked(users, false);
            final boolean isFirst = random.nextBoolean();
            final byte[] first = isFirst ? damaged(peer.first(), random) : peer.first();
            final String said = asked.say("alice", first);
            if (!isFirst) {
                final byte[] last = ("c=biws,"
                                + said.substring("challenge ".length()).split(",")[0] + ",p="
                                + ScramPeer.base64(new byte[32]))
                        .getBytes(UTF_8);
                assertEquals(REFUSED, asked.say("alice", damaged(last, random)), "seed=" + seed);
            } else {
                assertFalse(said.startsWith("accepted"), "seed=" + seed);
            }
        }
    }

    @Test
    void aPasswordThatWasRightCostsNothingTheNextTimeAndAWrongOneStillDoes() {
        plain("alice", "wonderland");
        math.take();
        assertEquals("accepted alice", plain("alice", "wonderland"));
        assertTrue(math.take().startsWith("passwords=0 "));
        assertEquals(REFUSED, plain("alice", "wonderlanD"));
        assertTrue(math.take().startsWith("passwords=1 "));
        assertEquals(REFUSED, plain("alice", "wonderlanD"));
        assertTrue(math.take().startsWith("passwords=1 "), "what was wrong is not remembered");
        assertEquals(REFUSED, plain("bob,=", "wonderland"));
        assertTrue(math.take().startsWith("passwords=1 "));
    }

    @Test
    void whatIsRememberedIsBounded() {
        final RememberedPasswords two = new RememberedPasswords(math, 2, new Random(1));
        final List<String> names = List.of("a", "b", "c", "d");
        names.forEach(user -> two.remember(user, two.digest(user, new byte[1])));
        final long left = names.stream()
                .filter(user -> two.isRemembered(user, two.digest(user, new byte[1])))
                .count();
        assertEquals(2, left);
        assertTrue(two.isRemembered("d", two.digest("d", new byte[1])));
        assertFalse(two.isRemembered("d", two.digest("d", new byte[2])));
        assertFalse(two.isRemembered("d", two.digest("c", new byte[1])));
    }

    @Test
    void textsShowNoKeys() {
        final List<String> secrets = new ArrayList<>(List.of(alice.line().split(":")));
        secrets.removeAll(List.of("alice", "4096"));
        secrets.add("wonderland");
        for (final Object shown :
                List.of(users, alice, alice.verifier(), new Account("alice", alice.verifier(), true))) {
            secrets.forEach(secret -> assertFalse(shown.toString().contains(secret), shown.toString()));
        }
    }

    private String scram(String user, String password, boolean isPlainAccepted) {
        return new Asked(users, isPlainAccepted).converse(user, new ScramPeer(user, password, NONCE));
    }

    private String plain(String user, String password) {
        return new Asked(users, true).say(user, password);
    }

    private static String[] saltAndCount(ServerAuthenticator authenticator, String user) {
        final String first = new Asked(authenticator, false).say(user, new ScramPeer(user, "", NONCE).first());
        final String[] attributes = first.split(",");
        return new String[] {attributes[1], attributes[2]};
    }

    private static byte[] damaged(byte[] message, Random random) {
        final byte[] damaged = message.clone();
        for (int i = 0; i <= random.nextInt(3); i++) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        return damaged;
    }

    private ServerAuthenticator authenticator(UserEntry... entries) {
        return new UserAuthenticator(List.of(entries), math, new Random(7), 4096);
    }

    private static UserEntry entry(String user, String password, int iterations) {
        return UserEntry.of(user, password.toCharArray(), SALT, iterations);
    }
}
