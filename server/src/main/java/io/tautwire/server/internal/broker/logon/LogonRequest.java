package io.tautwire.server.internal.broker.logon;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.LogonDecoder;
import io.tautwire.codec.topic.ClientNames;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a client asked for with its Logon. Immutable, but for the credential, which {@link #forget()} overwrites; its
 * text shows neither it nor the user, who may be a token.
 */
public final class LogonRequest {
    private final long incarnation;
    private final long lowestOutstanding;
    private final long nextSequence;
    private final int versionMin;
    private final int versionMax;
    private final int maxFrame;
    private final int heartbeatMs;
    private final boolean isPretty;
    private final byte[] clientNameUtf8;
    private final byte[] userUtf8;
    private final byte[] messageTypeUtf8;
    private final byte[] credential;
    private final String clientName;
    private final String user;
    private final String nameSpace;
    private final String messageType;
    private final String agent;
    private final Origin origin;
    private final int attempt;

    /**
     * Copies what a Logon says.
     *
     * @param origin  where it comes from.
     * @param attempt 1 for the first Logon, one more after each challenge.
     */
    LogonRequest(LogonDecoder logon, Origin origin, int attempt) {
        incarnation = logon.incarnation();
        lowestOutstanding = logon.lowestOutstanding();
        nextSequence = logon.nextSequence();
        versionMin = logon.versionMin();
        versionMax = logon.versionMax();
        maxFrame = logon.maxFrame();
        heartbeatMs = logon.heartbeatMs();
        isPretty = logon.options().pretty();
        clientNameUtf8 = new byte[logon.clientNameLength()];
        logon.getClientName(clientNameUtf8, 0, clientNameUtf8.length);
        userUtf8 = new byte[logon.userLength()];
        logon.getUser(userUtf8, 0, userUtf8.length);
        credential = new byte[logon.credentialLength()];
        logon.getCredential(credential, 0, credential.length);
        nameSpace = logon.nameSpace();
        messageTypeUtf8 = new byte[logon.messageTypeLength()];
        logon.getMessageType(messageTypeUtf8, 0, messageTypeUtf8.length);
        agent = logon.agent();
        clientName = new String(clientNameUtf8, StandardCharsets.UTF_8);
        user = new String(userUtf8, StandardCharsets.UTF_8);
        messageType = new String(messageTypeUtf8, StandardCharsets.UTF_8);
        this.origin = origin;
        this.attempt = attempt;
    }

    /** The heartbeat interval that the client wishes for, in milliseconds; zero or less for the server's own. */
    public int heartbeatMs() {
        return heartbeatMs;
    }

    /** Random id of the publish store. */
    public long incarnation() {
        return incarnation;
    }

    /** Lowest sequence without an outcome. */
    public long lowestOutstanding() {
        return lowestOutstanding;
    }

    /** The sequence that the next new command will have. */
    public long nextSequence() {
        return nextSequence;
    }

    /** Lowest protocol version the client speaks. */
    public int versionMin() {
        return versionMin;
    }

    /** Highest protocol version the client speaks. */
    public int versionMax() {
        return versionMax;
    }

    /** Longest frame the client accepts, in bytes. */
    public int maxFrame() {
        return maxFrame;
    }

    /** Whether bodies are to be delivered readable; options that are not known here are passed over. */
    public boolean isPretty() {
        return isPretty;
    }

    /** The name claimed. */
    public String clientName() {
        return clientName;
    }

    /**
     * Checks the bytes of the names. Decoded, several malformed ones would be one and the same.
     *
     * @throws TautwireException NAME_INVALID, AUTHENTICATION_FAILED for the user's, or MESSAGE_TYPE_REFUSED.
     */
    void checkNames() {
        ClientNames.check(new UnsafeBuffer(clientNameUtf8), 0, clientNameUtf8.length);
        checkNameOrNone("user", userUtf8, Code.AUTHENTICATION_FAILED);
        checkNameOrNone("messageType", messageTypeUtf8, Code.MESSAGE_TYPE_REFUSED);
    }

    /** Who it says it is; empty for anonymous. */
    public String user() {
        return user;
    }

    /** Password, token or answer to a challenge; zeros once forgotten. */
    public byte[] credential() {
        return credential;
    }

    /** Empty for the user's own. */
    public String nameSpace() {
        return nameSpace;
    }

    /** Empty to take the listener's. */
    public String messageType() {
        return messageType;
    }

    /** Program and version. */
    public String agent() {
        return agent;
    }

    /** Address of the client. */
    public String peer() {
        return origin.peer();
    }

    /** Whom the client's verified certificate names; empty where there is none. */
    public String certificateUser() {
        return origin.certificateUser();
    }

    /** Whether a password or token may stand in the credential as it is. */
    public boolean isPlainAccepted() {
        return origin.isPlainAccepted();
    }

    /** The client name for logs, whose lines a malformed one could forge. */
    public String shownClientName() {
        return clientName.isEmpty() || LogonRules.isUser(clientName) ? clientName : "(malformed)";
    }

    /** Whether no credential was given. */
    boolean hasNoCredential() {
        return credential.length == 0;
    }

    /** Which Logon of this session this is, from 1. */
    public int attempt() {
        return attempt;
    }

    /** Whether this asks for the same client and user as another one did. */
    boolean isFrom(LogonRequest other) {
        return incarnation == other.incarnation && clientName.equals(other.clientName) && user.equals(other.user);
    }

    /** Overwrites the credential. */
    public void forget() {
        Arrays.fill(credential, (byte) 0);
    }

    @Override
    public String toString() {
        return "clientName=" + shownClientName() + " user=*** credential=*** peer=" + peer() + " attempt=" + attempt;
    }

    private static void checkNameOrNone(String what, byte[] utf8, Code refusal) {
        if (utf8.length > 0 && ClientNames.fault(new UnsafeBuffer(utf8), 0, utf8.length) >= 0) {
            throw new TautwireException(
                    refusal,
                    what + " of length=" + utf8.length
                            + " is malformed; give at most 255 bytes of UTF-8 without control characters");
        }
    }
}
