package io.tautwire.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import org.junit.jupiter.api.Test;

final class JvmFlagTest {
    @Test
    void aMissingFlagIsNamed() {
        final TautwireException refused = assertThrows(TautwireException.class, () -> JvmFlag.check(false));
        assertEquals(Code.JVM_FLAG_MISSING, refused.code());
        assertTrue(refused.getMessage().contains("--add-opens java.base/jdk.internal.misc=ALL-UNNAMED"));
        JvmFlag.check();
    }
}
