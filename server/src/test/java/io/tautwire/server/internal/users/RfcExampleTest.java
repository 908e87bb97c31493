package io.tautwire.server.internal.users;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import org.junit.jupiter.api.Test;

/** The example of RFC 7677, section 3, byte by byte through the server's own code. */
class RfcExampleTest {
    private static final String CLIENT_NONCE = "rOprNGfwEbeRWgbNEkqO";
    private static final String SERVER_NONCE = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
    private static final String SALT = "W22ZaJ0SNY7soEsUEjb6gQ==";

    @Test
    void theConversationIsTheStandards() {
        final ScramMath math = new ScramMath();
        final UserEntry entry =
                UserEntry.of("user", "pencil".toCharArray(), Base64.getDecoder().decode(SALT), 4096);
        final ClientFirst first = ClientFirst.parse("n,,n=user,r=" + CLIENT_NONCE);
        final Asked client = new Asked(
                (attempt, verdict) -> new ScramExchange(
                                math, new Account("user", entry.verifier(), true), first, SERVER_NONCE)
                        .begin(verdict),
                false);
        final String nonce = CLIENT_NONCE + SERVER_NONCE;
        assertEquals("challenge r=" + nonce + ",s=" + SALT + ",i=4096", client.say("user", "begin"));
        assertEquals(
                "challenge v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=",
                client.say("user", "c=biws,r=" + nonce + ",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="));
        assertEquals("accepted user", client.say("user", ""));
    }

    @Test
    void theTestsOwnClientSaysWhatTheStandardsDoes() {
        final ScramPeer peer = new ScramPeer("user", "pencil", CLIENT_NONCE);
        final String nonce = CLIENT_NONCE + SERVER_NONCE;
        assertEquals(
                "c=biws,r=" + nonce + ",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
                new String(peer.last("r=" + nonce + ",s=" + SALT + ",i=4096")));
        assertTrue(peer.isServer("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="));
    }
}
