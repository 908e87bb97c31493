package io.tautwire.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScramCredentialTest {
    @Test
    void beginsWithTheMechanismAndANul() {
        final byte[] first = ScramCredential.first("n,,n=ä,r=x");
        assertArrayEquals("SCRAM-SHA-256\0n,,n=ä,r=x".getBytes(UTF_8), first);
        assertTrue(ScramCredential.isFirst(first));
        assertEquals("n,,n=ä,r=x", ScramCredential.clientFirstMessage(first));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SCRAM", "SCRAM-SHA-256", "SCRAM-SHA-256n,,n=a,r=b", "SCRAM-SHA-512\0n,,n=a,r=b"})
    void aPasswordIsNoneOfThem(String password) {
        assertFalse(ScramCredential.isFirst(password.getBytes(UTF_8)));
    }
}
