package io.tautwire.server.internal.broker.publisher;

/**
 * Whose commands a session sends: sequences are counted within one identity.
 *
 * @param user        as authenticated; empty when anonymous.
 * @param clientName  given at logon.
 * @param incarnation random id of the publish store.
 */
public record Identity(String user, String clientName, long incarnation) {
    /** Whether nobody vouched for a user. */
    public boolean isAnonymous() {
        return user.isEmpty();
    }
}
