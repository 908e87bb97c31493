package io.tautwire.server.internal.broker.delivery;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.topic.TopicPattern;
import org.agrona.collections.Long2ObjectHashMap;

/** One session's subscriptions by id. */
public final class Subscriptions {
    private final Router router;
    private final Deliveries deliveries;
    private final int limit;
    private final Long2ObjectHashMap<Subscription> byId = new Long2ObjectHashMap<>();

    /**
     * None yet.
     *
     * @param limit how many there may be at a time.
     */
    public Subscriptions(Router router, Deliveries deliveries, int limit) {
        this.router = router;
        this.deliveries = deliveries;
        this.limit = limit;
    }

    /**
     * Registers an interest. It begins, and is answered, at once or when the place where it is to begin is found.
     *
     * @param credit bytes that may be delivered to it before it gets more.
     * @throws TautwireException SUBSCRIPTION_INVALID or LIMIT_REACHED; nothing is registered then.
     */
    public void add(long id, TopicPattern pattern, long credit, Start start) {
        if (byId.containsKey(id)) {
            throw new TautwireException(
                    Code.SUBSCRIPTION_INVALID, "subscriptionId=" + id + " is in use; choose another");
        }
        if (byId.size() >= limit) {
            throw new TautwireException(
                    Code.LIMIT_REACHED,
                    "subscriptions=" + limit + " of this session are in use; end one, or ask for wider patterns");
        }
        final Subscription subscription = router.add(id, pattern, start.deliveryPoint(), credit, deliveries);
        byId.put(id, subscription);
        deliveries.backlog().openings().add(new Opening(subscription, start, this));
        deliveries.backlog().wake();
    }

    /** Ends an interest that could not begin. */
    void drop(Subscription subscription) {
        remove(subscription.id());
    }

    /** Ends an interest; one that does not exist is let pass, for it may have been ended twice. */
    public void remove(long id) {
        final Subscription subscription = byId.remove(id);
        if (subscription != null) {
            router.remove(subscription);
            deliveries.backlog().remove(subscription);
        }
    }

    /** Allows more deliveries; for a subscription that does not exist nothing happens, as it may just have ended. */
    public void credit(long id, long bytes) {
        final Subscription subscription = byId.get(id);
        if (subscription != null) {
            subscription.addCredit(bytes);
            if (!subscription.isLive()) {
                deliveries.backlog().wake();
            }
        }
    }

    /** Ends them all. */
    public void clear() {
        byId.forEachLong((id, subscription) -> router.remove(subscription));
        byId.clear();
        deliveries.backlog().clear();
    }

    /** How many there are. */
    public int size() {
        return byId.size();
    }

    /** Bytes of the journal between the one furthest behind and the tail; zero when all are live. */
    public long lagBytes(long tail) {
        return deliveries.backlog().lagBytes(tail);
    }
}
