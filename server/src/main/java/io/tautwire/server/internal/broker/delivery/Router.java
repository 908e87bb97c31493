package io.tautwire.server.internal.broker.delivery;

import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.codec.topic.TopicPattern;
import io.tautwire.codec.topic.Topics;
import io.tautwire.server.internal.broker.routing.PatternIndex;
import io.tautwire.server.internal.broker.routing.TopicCache;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Finds the {@link Route} of a topic: in a cache for topics seen lately, which allocates nothing, else in the index of
 * patterns. Any change of subscriptions empties the cache; publishing is frequent and subscribing is rare.
 */
public final class Router {
    /** Topics whose routes are kept. */
    private static final int CACHED_TOPICS = 4096;

    private final PatternIndex<Subscription> index = new PatternIndex<>();
    private final TopicCache<Route> cache = new TopicCache<>(CACHED_TOPICS);
    private long nextOrder;

    /** The route of a topic, or null when these bytes are not a topic. */
    public Route route(DirectBuffer buffer, int offset, int length) {
        final Route known = cache.get(buffer, offset, length);
        if (known != null) {
            return known;
        }
        if (Topics.fault(buffer, offset, length) >= 0) {
            return null;
        }
        final List<Subscription> matching = new ArrayList<>();
        index.match(buffer.getStringWithoutLengthUtf8(offset, length), matching);
        final Route route = Route.of(matching);
        cache.put(buffer, offset, length, route);
        return route;
    }

    /** Registers an interest that has not begun. */
    Subscription add(long id, TopicPattern pattern, AckLevel deliveryPoint, long credit, Deliveries deliveries) {
        final Subscription subscription = new Subscription(id, nextOrder++, pattern, deliveryPoint, credit, deliveries);
        index.add(pattern, subscription);
        cache.clear();
        return subscription;
    }

    void remove(Subscription subscription) {
        index.remove(subscription.pattern(), subscription);
        cache.clear();
    }
}
