package io.tautwire.server.internal.users;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tautwire.server.LogonAttempt;
import io.tautwire.server.ServerAuthenticator;
import io.tautwire.server.Verdict;

/** One connection's conversation with an authenticator, without a connection. */
final class Asked implements Verdict {
    private final boolean isPlainAccepted;
    private ServerAuthenticator judge;
    private int number;
    private String said;

    Asked(ServerAuthenticator authenticator, boolean isPlainAccepted) {
        this.judge = authenticator;
        this.isPlainAccepted = isPlainAccepted;
    }

    /** Logs on with a credential; returns {@code accepted U}, {@code refused WHY} or {@code challenge C}. */
    String say(String user, byte[] credential) {
        said = "nothing";
        judge.authenticate(
                new LogonAttempt(user, credential.clone(), "client", "peer", ++number, isPlainAccepted, ""), this);
        return said;
    }

    String say(String user, String credential) {
        return say(user, credential.getBytes(UTF_8));
    }

    /** The whole conversation of a client that answers what it is asked; returns the last that was said. */
    String converse(String user, ScramPeer peer) {
        final String first = say(user, peer.first());
        if (!first.startsWith("challenge ")) {
            return first;
        }
        final String last = say(user, peer.last(first.substring("challenge ".length())));
        if (!last.startsWith("challenge ")) {
            return last;
        }
        return peer.isServer(last.substring("challenge ".length())) ? say(user, "") : "wrong server " + last;
    }

    @Override
    public void accept(String user) {
        said = "accepted " + user;
    }

    @Override
    public void refuse(String reason) {
        said = "refused " + reason;
    }

    @Override
    public void challenge(byte[] challenge) {
        said = "challenge " + new String(challenge, UTF_8);
    }

    @Override
    public void challenge(byte[] challenge, ServerAuthenticator next) {
        challenge(challenge);
        judge = next;
    }
}
