package io.tautwire.server.internal.broker.delivery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where messages of one topic go: the subscriptions that match it, grouped by session. Immutable. */
public final class Route {
    private final Stop[] stops;

    private Route(Stop[] stops) {
        this.stops = stops;
    }

    /** Groups subscriptions; served are the sessions, and within one its subscriptions, in the order they came. */
    static Route of(List<Subscription> matching) {
        matching.sort(Comparator.comparingLong(Subscription::order));
        final Map<Deliveries, List<Subscription>> bySession = new LinkedHashMap<>();
        for (final Subscription subscription : matching) {
            bySession
                    .computeIfAbsent(subscription.deliveries(), session -> new ArrayList<>())
                    .add(subscription);
        }
        final List<Stop> stops = new ArrayList<>(bySession.size());
        bySession.forEach((session, own) -> stops.add(new Stop(session, own.toArray(new Subscription[0]))));
        return new Route(stops.toArray(new Stop[0]));
    }

    /** Gives a message that was just appended to every session on the route. */
    public void deliver(Frame frame) {
        for (final Stop stop : stops) {
            stop.deliveries.onAppended(frame, stop.subscriptions);
        }
    }

    /** One session on the route. */
    private static final class Stop {
        private final Deliveries deliveries;
        private final Subscription[] subscriptions;

        Stop(Deliveries deliveries, Subscription[] subscriptions) {
            this.deliveries = deliveries;
            this.subscriptions = subscriptions;
        }
    }
}
