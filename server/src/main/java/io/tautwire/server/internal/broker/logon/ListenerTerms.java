package io.tautwire.server.internal.broker.logon;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import java.util.List;

/**
 * What a listener asks of those who come in by it.
 *
 * @param isLocal        only programs on this machine can reach it.
 * @param isConfidential nobody can read along: TLS, or a Unix socket.
 * @param messageTypes   taken here; empty for all.
 * @param maxFrame       longest frame taken here once logged on, in bytes.
 */
public record ListenerTerms(boolean isLocal, boolean isConfidential, List<String> messageTypes, int maxFrame) {
    /** Terms of a listener. */
    public ListenerTerms {
        messageTypes = List.copyOf(messageTypes);
    }

    /**
     * Settles the message type of a session.
     *
     * @param requested empty to take the listener's.
     * @return the type, or empty when none was asked for and the listener takes all.
     * @throws TautwireException MESSAGE_TYPE_REFUSED, listing what may be asked for.
     */
    public String settle(String requested) {
        if (messageTypes.isEmpty() || messageTypes.contains(requested)) {
            return requested;
        }
        if (requested.isEmpty() && messageTypes.size() == 1) {
            return messageTypes.get(0);
        }
        throw new TautwireException(
                Code.MESSAGE_TYPE_REFUSED,
                "messageType='" + requested + "' is not taken here; write one of " + String.join(",", messageTypes)
                        + " after the protocol, as in /tautwire/" + messageTypes.get(0));
    }
}
