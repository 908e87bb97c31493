package io.tautwire.server.internal.broker;

import io.tautwire.codec.sbe.Code;
import io.tautwire.server.internal.broker.counters.BrokerCounters;
import io.tautwire.server.internal.broker.counters.Counter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The connections there are, in the order they came. */
final class Sessions {
    private final Map<Long, BrokerSession> byId = new LinkedHashMap<>();
    private final BrokerCounters counters;
    private long lastId;

    Sessions(BrokerCounters counters) {
        this.counters = counters;
    }

    long nextId() {
        return ++lastId;
    }

    void add(long id, BrokerSession session) {
        byId.put(id, session);
        counters.increment(Counter.SESSIONS);
    }

    void remove(long id) {
        if (byId.remove(id) != null) {
            counters.add(Counter.SESSIONS, -1);
        }
    }

    BrokerSession get(long id) {
        return byId.get(id);
    }

    /** Says goodbye to all. */
    void endAll(Code code, String reason) {
        for (final BrokerSession session : byId.values()) {
            session.end(code, reason);
        }
    }

    Collection<BrokerSession> all() {
        return byId.values();
    }

    int size() {
        return byId.size();
    }
}
