package io.tautwire.server.internal.broker.publisher;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Whose the commands of a client name and an incarnation are now: a command does not say its user. One publisher nearly
 * always, as incarnations are random.
 */
final class Speakers {
    private final Long2ObjectHashMap<List<Publisher>> byIncarnation = new Long2ObjectHashMap<>();
    private Publisher last;

    /** The one whose commands these are; null if the journal has not told. */
    Publisher find(long incarnation, DirectBuffer clientName) {
        if (last != null && last.identity().incarnation() == incarnation && last.isNamed(clientName)) {
            return last;
        }
        final List<Publisher> candidates = byIncarnation.get(incarnation);
        if (candidates != null) {
            for (final Publisher candidate : candidates) {
                if (candidate.isNamed(clientName)) {
                    last = candidate;
                    return candidate;
                }
            }
        }
        return null;
    }

    /** From now on the commands of its name and incarnation are its; whoever had them before is told. */
    void put(Publisher publisher) {
        final List<Publisher> same =
                byIncarnation.computeIfAbsent(publisher.identity().incarnation(), incarnation -> new ArrayList<>(1));
        for (int i = 0; i < same.size(); i++) {
            final Publisher other = same.get(i);
            if (other.identity().clientName().equals(publisher.identity().clientName())) {
                same.remove(i);
                if (other != publisher) {
                    other.supplanted();
                }
                break;
            }
        }
        same.add(publisher);
        last = null;
    }

    void remove(Publisher publisher) {
        final List<Publisher> same = byIncarnation.get(publisher.identity().incarnation());
        if (same != null && same.remove(publisher) && same.isEmpty()) {
            byIncarnation.remove(publisher.identity().incarnation());
        }
        last = null;
    }
}
