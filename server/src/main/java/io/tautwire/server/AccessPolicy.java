package io.tautwire.server;

/**
 * Decides who may publish and subscribe to what.
 *
 * <p>Asked on the server's loop, so it must answer at once: no I/O, no locks held for long. What it says about a topic
 * may be remembered for the rest of a session. An exception is reported and taken for a no.
 */
public interface AccessPolicy {
    /** Everybody may do everything; costs nothing. */
    AccessPolicy PERMIT_ALL = new AccessPolicy() {
        @Override
        public boolean mayPublish(String user, String topic) {
            return true;
        }

        @Override
        public boolean maySubscribe(String user, String pattern) {
            return true;
        }

        @Override
        public String toString() {
            return "PERMIT_ALL";
        }
    };

    /**
     * Whether messages on a topic are taken from a user.
     *
     * @param user  as authenticated; empty when anonymous.
     * @param topic a valid topic.
     */
    boolean mayPublish(String user, String topic);

    /**
     * Whether a user may subscribe to a pattern.
     *
     * @param user    as authenticated; empty when anonymous.
     * @param pattern a valid topic pattern; what it matches is for the policy to judge.
     */
    boolean maySubscribe(String user, String pattern);
}
