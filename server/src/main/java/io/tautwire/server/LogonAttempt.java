package io.tautwire.server;

/**
 * What a client says about itself when it logs on; valid until the verdict. Its text shows neither the credential nor
 * the user, who may be a token as long as nobody has verified it.
 */
public final class LogonAttempt {
    private final String user;
    private final byte[] credential;
    private final String clientName;
    private final String peer;
    private final int number;
    private final boolean isPlainAccepted;
    private final String certificateUser;

    /**
     * An attempt to log on.
     *
     * @param credential      owned by the attempt from now on, overwritten after the verdict.
     * @param number          1 for the first one of a connection, one more after each challenge.
     * @param isPlainAccepted whether a password or token may be taken as it is.
     * @param certificateUser whom the client's verified certificate names; empty where there is none.
     */
    public LogonAttempt(
            String user,
            byte[] credential,
            String clientName,
            String peer,
            int number,
            boolean isPlainAccepted,
            String certificateUser) {
        this.user = user;
        this.credential = credential;
        this.clientName = clientName;
        this.peer = peer;
        this.number = number;
        this.isPlainAccepted = isPlainAccepted;
        this.certificateUser = certificateUser;
    }

    /** Who the client says it is; empty when it says nothing. Where there is no credential it may be a token. */
    public String user() {
        return user;
    }

    /**
     * Password in UTF-8, token, first message of a conversation, or the answer to a challenge; empty for none.
     * Overwritten after the verdict: copy what is kept.
     */
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

    /**
     * Whether a password or token may be taken as it is: nobody can read along, or the server was told not to mind. An
     * authenticator refuses one that comes otherwise, so that whoever sent it learns that it has been exposed.
     */
    public boolean isPlainAccepted() {
        return isPlainAccepted;
    }

    /**
     * Whom the client's certificate names, as the TLS handshake verified it; empty where there is none. Such a client
     * comes to an authenticator only if it gives a credential, or another user.
     */
    public String certificateUser() {
        return certificateUser;
    }

    @Override
    public String toString() {
        return "clientName=" + clientName + " user=*** credential=*** peer=" + peer + " number=" + number;
    }
}
