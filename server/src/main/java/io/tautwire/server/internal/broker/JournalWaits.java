package io.tautwire.server.internal.broker;

import java.util.ArrayList;
import java.util.List;

/** The sessions that go on when the journal does: in the order in which they began to wait, each once. */
final class JournalWaits {
    private List<BrokerSession> waiting = new ArrayList<>();
    private List<BrokerSession> woken = new ArrayList<>();

    /** To be called by a session that is not waiting yet. */
    void add(BrokerSession session) {
        waiting.add(session);
    }

    /** The journal has got on. Whoever has to wait on asks again. */
    void wake() {
        final List<BrokerSession> sessions = waiting;
        waiting = woken;
        woken = sessions;
        for (int i = 0; i < sessions.size(); i++) { // an iterator would be garbage for every sync
            sessions.get(i).onJournalProgress();
        }
        sessions.clear();
    }
}
