package io.tautwire.server.internal.broker.publisher;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import java.util.HashMap;
import java.util.Map;

/**
 * Which session holds which client name. A name is held from logon to the session's end, by one at a time.
 *
 * @param <H> a session.
 */
public final class NameTable<H> {
    private final Map<String, Holding<H>> holdings = new HashMap<>();

    /**
     * Claims a name. The same user takes it over from a session it has, and so does the same publish store coming back;
     * anybody else has to wait until it is free.
     *
     * @return the holder until now, whose session is to end, or null.
     * @throws TautwireException NAME_IN_USE; the holder keeps it then.
     */
    public H claim(Identity identity, H holder) {
        final Holding<H> current = holdings.get(identity.clientName());
        if (current != null && !mayReplace(current.identity, identity)) {
            throw new TautwireException(
                    Code.NAME_IN_USE,
                    "client name=" + identity.clientName() + " is held by "
                            + (identity.isAnonymous() ? "another publisher" : "another user")
                            + "; choose another name, or log on as the user who holds it");
        }
        holdings.put(identity.clientName(), new Holding<>(identity, holder));
        return current == null ? null : current.holder;
    }

    /** Gives a name back, unless somebody else has taken it over. */
    public void release(Identity identity, H holder) {
        final Holding<H> current = holdings.get(identity.clientName());
        if (current != null && current.holder == holder) {
            holdings.remove(identity.clientName());
        }
    }

    private static boolean mayReplace(Identity current, Identity claimant) {
        if (!current.user().equals(claimant.user())) {
            return false;
        }
        return !claimant.isAnonymous() || current.incarnation() == claimant.incarnation();
    }

    private record Holding<H>(Identity identity, H holder) {}
}
