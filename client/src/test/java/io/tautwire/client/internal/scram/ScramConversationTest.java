package io.tautwire.client.internal.scram;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScramConversationTest {
    /** The example of RFC 7677, section 3. */
    private static final String NONCE = "rOprNGfwEbeRWgbNEkqO";

    private static final String BOTH_NONCES = NONCE + "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
    private static final String SALT = "W22ZaJ0SNY7soEsUEjb6gQ==";
    private static final String SERVER_FIRST = "r=" + BOTH_NONCES + ",s=" + SALT + ",i=4096";

    private final ScramConversation scram = new ScramConversation("user", "pencil", NONCE);

    @Test
    void saysWhatTheRfcSays() {
        assertEquals("SCRAM-SHA-256\0n,,n=user,r=" + NONCE, text(scram.first()));
        assertFalse(scram.isChallenged());
        assertEquals(
                "c=biws,r=" + BOTH_NONCES + ",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=", answer(SERVER_FIRST));
        assertTrue(scram.isChallenged());
        assertFalse(scram.isServerVerified());
        assertEquals("", answer("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="));
        assertTrue(scram.isServerVerified());
    }

    @Test
    void theUsersNameIsEscapedAndNotPrepared() {
        final ScramConversation odd = new ScramConversation("a=b,ä", "pencil", NONCE);
        assertEquals("SCRAM-SHA-256\0n,,n=a=3Db=2Cä,r=" + NONCE, text(odd.first()));
    }

    @Test
    void onePasswordMayBeWrittenInSeveralWays() {
        final String one = answer(new ScramConversation("user", "\u00e9\u00a0x", NONCE), SERVER_FIRST);
        assertEquals(one, answer(new ScramConversation("user", "e\u0301 \u00adx", NONCE), SERVER_FIRST));
    }

    @ParameterizedTest
    @CsvSource({
        "4095, iterations=4095",
        "10000001, iterations=10000001",
        "2147483647, iterations=2147483647",
        "1, 4096 to 10000000",
    })
    void aCountThatIsTooCheapOrTooDearIsRefused(int iterations, String words) {
        scram.first();
        assertRefused("r=" + BOTH_NONCES + ",s=" + SALT + ",i=" + iterations, words);
    }

    @Test
    void aSaltThatIsTooShortOrTooLongIsRefused() {
        scram.first();
        assertRefused("r=" + BOTH_NONCES + ",s=QUFB,i=4096", "salt of bytes=3");
        final ScramConversation other = new ScramConversation("user", "pencil", NONCE);
        other.first();
        final String challenge = "r=" + BOTH_NONCES + ",s=" + "QUFB".repeat(100) + ",i=4096";
        assertTrue(refusal(other, challenge).getMessage().contains("salt of bytes=300"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "who?",
                "r=" + NONCE + ",s=" + SALT + ",i=4096",
                "r=another,s=" + SALT + ",i=4096",
                "r=" + BOTH_NONCES + ",s=!!!!,i=4096",
                "r=" + BOTH_NONCES + ",s=" + SALT + ",i=-4096",
                "r=" + BOTH_NONCES + ",s=" + SALT + ",i=99999999999",
                "r=" + BOTH_NONCES + ",s=" + SALT,
                "m=new,r=" + BOTH_NONCES + ",s=" + SALT + ",i=4096",
            })
    void aChallengeThatIsNoneOfThisMechanismIsRefused(String challenge) {
        scram.first();
        assertRefused(challenge, "something else than SCRAM-SHA-256");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v=7rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=", "v=QUFB"})
    void aServerThatDoesNotKnowThePasswordIsRefused(String proof) {
        scram.first();
        answer(SERVER_FIRST);
        assertRefused(proof, "does not know this user's password");
        assertFalse(scram.isServerVerified());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v=", "v=!", "x", "e=invalid-proof", "e=whatever"})
    void aMalformedProofIsNone(String proof) {
        scram.first();
        answer(SERVER_FIRST);
        assertRefused(proof, "the server");
        assertFalse(scram.isServerVerified());
    }

    @Test
    void aServerThatGoesOnAfterItsProofIsRefused() {
        saysWhatTheRfcSays();
        assertRefused(SERVER_FIRST, "goes on after its proof");
    }

    @ParameterizedTest
    @ValueSource(strings = {"top\u0007secret", "top😀secret", "\u00ad", "top\ud800secret"})
    void aPasswordThatCanBeNoneIsNotShown(String password) {
        final TautwireException refused =
                assertThrows(TautwireException.class, () -> new ScramConversation("user", password, NONCE));
        assertEquals(Code.AUTHENTICATION_FAILED, refused.code());
        assertEquals(null, refused.getCause());
        assertFalse(refused.getMessage().contains("top"), refused.getMessage());
        assertTrue(refused.getMessage().contains("choose another"), refused.getMessage());
    }

    private void assertRefused(String challenge, String words) {
        final TautwireException refused = refusal(scram, challenge);
        assertEquals(Code.AUTHENTICATION_FAILED, refused.code());
        assertTrue(refused.getMessage().contains(words), refused.getMessage());
        assertFalse(refused.getMessage().contains("pencil"), refused.getMessage());
    }

    private static TautwireException refusal(ScramConversation with, String challenge) {
        return assertThrows(TautwireException.class, () -> with.answer(challenge.getBytes(UTF_8)));
    }

    private static String answer(ScramConversation with, String challenge) {
        with.first();
        return text(with.answer(challenge.getBytes(UTF_8)));
    }

    private String answer(String challenge) {
        return text(scram.answer(challenge.getBytes(UTF_8)));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
