package io.tautwire.client.internal.core;

import java.util.Objects;

/**
 * Who logs on, and for what. Holds no secret: those come from {@link Credentials}.
 *
 * @param clientName  name of the publisher.
 * @param user        empty for anonymous.
 * @param nameSpace   empty for the user's own.
 * @param messageType empty to take the listener's.
 * @param maxFrame    longest frame that this side accepts, in bytes.
 * @param pretty      whether bodies shall be delivered readable.
 * @param heartbeatMs the heartbeat interval wished for; zero for the server's own.
 */
public record SessionIdentity(
        String clientName,
        String user,
        String nameSpace,
        String messageType,
        int maxFrame,
        boolean pretty,
        int heartbeatMs) {
    /** Checks that nothing is missing. */
    public SessionIdentity {
        Objects.requireNonNull(clientName, "clientName");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(nameSpace, "nameSpace");
        Objects.requireNonNull(messageType, "messageType");
    }

    /** With the server's own heartbeat interval. */
    public SessionIdentity(
            String clientName, String user, String nameSpace, String messageType, int maxFrame, boolean pretty) {
        this(clientName, user, nameSpace, messageType, maxFrame, pretty, 0);
    }
}
