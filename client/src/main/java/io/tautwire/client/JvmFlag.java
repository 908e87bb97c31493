package io.tautwire.client;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;

/** The flag that Agrona needs; without it the first buffer would fail with something that names no remedy. */
final class JvmFlag {
    static final String FLAG = "--add-opens java.base/jdk.internal.misc=ALL-UNNAMED";

    private JvmFlag() {}

    static void check() {
        check(Object.class.getModule().isOpen("jdk.internal.misc", JvmFlag.class.getModule()));
    }

    static void check(boolean open) {
        if (!open) {
            throw new TautwireException(Code.JVM_FLAG_MISSING, "start the JVM with " + FLAG);
        }
    }
}
