package io.tautwire.benchmarks;

/** What every fork is started with. */
public final class Jvm {
    /** Agrona reaches into this package; a fork does not read the jar's manifest. */
    public static final String OPENS = "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED";

    private Jvm() {}
}
