package io.tautwire.server.internal.broker.delivery;

import io.tautwire.TautwireException;
import java.util.ArrayList;
import java.util.List;

/**
 * One session's subscriptions that have not begun. Most begin at once; one waits here while its place is searched for,
 * while a segment is fetched, or while there is no room for the answer.
 */
final class Openings {
    /** What one step of a search takes, in bytes that could have been copied. */
    private static final int SEARCH_COST = 64 * Locator.SEARCH_FRAMES;

    private final Deliveries deliveries;
    private final Locator locator;
    private final List<Opening> waiting = new ArrayList<>();

    Openings(Deliveries deliveries, Locator locator) {
        this.deliveries = deliveries;
        this.locator = locator;
    }

    /** Begins at once, if that can be. */
    void add(Opening opening) {
        if (!attempt(opening)) {
            waiting.add(opening);
        }
    }

    void remove(Subscription subscription) {
        waiting.removeIf(opening -> opening.subscription() == subscription);
    }

    void clear() {
        waiting.clear();
    }

    /** Whether a step would get on. */
    boolean hasWork() {
        for (int i = 0; i < waiting.size(); i++) {
            if (!waiting.get(i).isCold()) {
                return deliveries.hasRoomToTell();
            }
        }
        return false;
    }

    /** Whether one waits for a segment. */
    boolean hasCold() {
        for (int i = 0; i < waiting.size(); i++) {
            if (waiting.get(i).isCold()) {
                return true;
            }
        }
        return false;
    }

    /** Segments may have come. */
    void onSegments(BacklogReader reader) {
        for (int i = 0; i < waiting.size(); i++) {
            final Opening opening = waiting.get(i);
            if (opening.isCold() && !reader.isCold(opening.coldAt())) {
                opening.segmentCame();
            }
        }
    }

    /**
     * Goes on with the search for each, one step.
     *
     * @return what is left of the budget.
     */
    int step(int budget) {
        int left = budget;
        for (int i = 0; i < waiting.size() && left > 0; ) {
            final Opening opening = waiting.get(i);
            if (opening.isCold() || !deliveries.hasRoomToTell()) {
                i++;
                continue;
            }
            if (attempt(opening)) {
                waiting.remove(opening); // by itself: a refusal has taken it out already
            } else {
                i++;
                left -= opening.isCold() ? 0 : SEARCH_COST;
            }
        }
        return Math.max(0, left);
    }

    /** Whether it is over: begun, or refused. */
    private boolean attempt(Opening opening) {
        if (!deliveries.mayAnswer(opening.start())) {
            return false;
        }
        final Place place;
        try {
            place = locator.locate(opening);
        } catch (TautwireException e) {
            opening.owner().drop(opening.subscription());
            deliveries.refuse(opening.subscription().id(), e);
            return true;
        }
        if (place == null) {
            return false;
        }
        deliveries.begin(opening, place);
        return true;
    }
}
