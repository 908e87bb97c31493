package io.tautwire.server;

/** What a client says about itself when it logs on; valid until the verdict. Its text never shows the credential. */
public final class LogonAttempt {
    private final String user;
    private final byte[] credential;
    private final String clientName;
    private final String peer;
    private final int number;

    /**
     * An attempt to log on.
     *
     * @param credential owned by the attempt from now on, overwritten after the verdict.
     * @param number     1 for the first one of a connection, one more after each challenge.
     */
    public LogonAttempt(String user, byte[] credential, String clientName, String peer, int number) {
        this.user = user;
        this.credential = credential;
        this.clientName = clientName;
        this.peer = peer;
        this.number = number;
    }

    /** Who the client says it is; may be empty on a local listener. */
    public String user() {
        return user;
    }

    /** Password in UTF-8, token, or the answer to a challenge. Overwritten after the verdict: copy what is kept. */
    public byte[] credential() {
        return credential;
    }

    /** The client name that it claims; any that is well-formed. */
    public String clientName() {
        return clientName;
    }

    /** The client's address. */
    public String peer() {
        return peer;
    }

    /** Which attempt of this connection this is, from 1. */
    public int number() {
        return number;
    }

    @Override
    public String toString() {
        return "user=" + user + " credential=*** clientName=" + clientName + " peer=" + peer + " number=" + number;
    }
}
