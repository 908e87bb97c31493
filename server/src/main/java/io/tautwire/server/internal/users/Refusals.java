package io.tautwire.server.internal.users;

/** The words by which logons are refused. */
final class Refusals {
    /** Whoever it was and whatever was wrong: nothing in it helps to guess. */
    static final String REFUSED = "user or credential refused";

    /** A secret has crossed the network readable; whose it is makes no difference. */
    static final String PLAIN = "a password or token is not taken over plain tcp, where others can read it: connect by"
            + " tcps or unix, or with a client that answers by SCRAM-SHA-256, or have the server take plain passwords"
            + " (serve --plain-passwords); and change what was sent";

    private Refusals() {}
}
