package io.tautwire.server.internal.broker;

import io.tautwire.server.ServerAuthenticator;
import io.tautwire.server.internal.broker.logon.LogonRequest;
import java.util.ArrayList;
import java.util.List;

/** A host whose clock stands still until it is moved, and that remembers what it was asked. */
final class TestHost implements BrokerHost {
    final List<LogonRequest> attempts = new ArrayList<>();
    final List<ServerAuthenticator> judges = new ArrayList<>();
    final List<Long> attemptSessions = new ArrayList<>();
    final List<FaultKind> faults = new ArrayList<>();
    final List<String> log = new ArrayList<>();
    long epochNs = 1_000_000;
    int clockReads;
    boolean isCatchUpWanted;

    @Override
    public long epochNs() {
        clockReads++;
        return epochNs;
    }

    @Override
    public void authenticate(long sessionId, LogonRequest request, ServerAuthenticator judge) {
        judges.add(judge);
        attempts.add(request);
        attemptSessions.add(sessionId);
    }

    @Override
    public void scheduleCatchUp() {
        isCatchUpWanted = true;
    }

    @Override
    public void onRefused(String clientName, String peer, String code) {
        log.add("refused " + clientName + " " + code);
    }

    @Override
    public void onLogon(String clientName, String user, String peer) {
        log.add("logon " + clientName);
    }

    @Override
    public void onLogoff(String clientName, String user, String peer, String why) {
        log.add("logoff " + clientName + " " + why);
    }

    @Override
    public void onFault(FaultKind kind, String what, Throwable cause) {
        faults.add(kind);
    }
}
