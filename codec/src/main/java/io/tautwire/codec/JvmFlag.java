package io.tautwire.codec;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;

/** The flag that Agrona needs; without it the first buffer would fail with something that names no remedy. */
public final class JvmFlag {
    private static final String FLAG = "--add-opens java.base/jdk.internal.misc=ALL-UNNAMED";

    private JvmFlag() {}

    /**
     * To be called by client and server before anything else.
     *
     * @throws TautwireException JVM_FLAG_MISSING, naming the flag.
     */
    public static void check() {
        check(Object.class.getModule().isOpen("jdk.internal.misc", JvmFlag.class.getModule()));
    }

    static void check(boolean open) {
        if (!open) {
            throw new TautwireException(Code.JVM_FLAG_MISSING, "start the JVM with " + FLAG);
        }
    }
}
