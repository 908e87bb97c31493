package io.tautwire.server.internal.users;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tautwire.server.ServerAuthenticator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BearerAuthenticatorTest {
    private static final String REFUSED = "refused user or credential refused";

    private final List<String> asked = new ArrayList<>();
    private final ServerAuthenticator tokens = ServerAuthenticator.bearer(token -> {
        asked.add(token);
        return Optional.ofNullable(Map.of("t-alice", "alice", "t-bob", "bob").get(token));
    });

    @Test
    void aTokenIsTheCredentialOrTheUserWhereThereIsNone() {
        assertEquals("accepted alice", new Asked(tokens, true).say("", "t-alice"));
        assertEquals("accepted alice", new Asked(tokens, true).say("alice", "t-alice"));
        assertEquals("accepted bob", new Asked(tokens, true).say("t-bob", ""));
        assertEquals(REFUSED, new Asked(tokens, true).say("", "t-carol"));
        assertEquals(REFUSED, new Asked(tokens, true).say("bob", "t-alice"));
        assertEquals(List.of("t-alice", "t-alice", "t-bob", "t-carol", "t-alice"), asked);
    }

    @Test
    void nobodyAndConversationsAreRefusedUnasked() {
        assertEquals(REFUSED, new Asked(tokens, true).say("", ""));
        assertEquals(REFUSED, new Asked(tokens, false).say("", ""));
        assertEquals(REFUSED, new Asked(tokens, false).say("alice", new ScramPeer("alice", "x", "r").first()));
        assertEquals(List.of(), asked);
    }

    @Test
    void whereOthersCanReadAlongATokenIsRefusedUnaskedWithTheRemedy() {
        assertEquals("refused " + Refusals.PLAIN, new Asked(tokens, false).say("", "t-alice"));
        assertEquals("refused " + Refusals.PLAIN, new Asked(tokens, false).say("t-alice", ""));
        assertEquals(List.of(), asked);
    }

    @Test
    void whatTheVerifierThrowsReachesTheCaller() {
        final ServerAuthenticator broken = ServerAuthenticator.bearer(token -> {
            throw new IOException("down");
        });
        assertThrows(IllegalStateException.class, () -> new Asked(broken, true).say("", "t"));
        final ServerAuthenticator none = ServerAuthenticator.bearer(token -> null);
        assertThrows(NullPointerException.class, () -> new Asked(none, true).say("", "t"));
    }
}
