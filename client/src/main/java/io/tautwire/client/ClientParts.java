package io.tautwire.client;

import io.tautwire.TautwireException;
import io.tautwire.client.internal.ClientState;
import io.tautwire.client.internal.FlushWaits;
import io.tautwire.client.internal.OpenStore;
import io.tautwire.client.internal.ReceiveThread;
import io.tautwire.client.internal.Sessions;
import io.tautwire.client.internal.SharedSubscriptions;
import io.tautwire.client.internal.StepMeter;
import io.tautwire.client.internal.StoreWaits;
import io.tautwire.client.internal.Waits;
import io.tautwire.client.internal.Wish;
import io.tautwire.client.internal.core.Acknowledgements;
import io.tautwire.client.internal.core.Outages;
import io.tautwire.client.internal.core.SessionCounters;
import io.tautwire.codec.sbe.Code;
import io.tautwire.transport.connection.ConnectionOption;
import io.tautwire.transport.connection.ConnectionString;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client taken apart: makes the parts, joins them, and closes them. What a call means is in them. */
final class ClientParts {
    private static final Logger LOGGER = LoggerFactory.getLogger(Client.class);

    final ClientConfig config;
    final Faults faults;
    final FlushWaits flushes;
    final OpenStore store;
    final Outcomes outcomes;
    final Acknowledgements acknowledgements;
    final ConnectionStates states;
    final SessionCallbacks callbacks;
    final ClientCounters counters;
    final Publications publications;
    final Sessions sessions;
    final Subscriber subscriber;
    private final ReceiveThread receiveThread;

    ClientParts(ClientConfig config) {
        this.config = config;
        final String name = config.name();
        faults = new Faults(name);
        receiveThread = new ReceiveThread(name);
        store = config.store().open(config, !config.isStoreGiven(), faults);
        flushes = new FlushWaits(store.origin().settled());
        outcomes = new Outcomes(store, flushes, faults);
        acknowledgements = new Acknowledgements(store, outcomes);
        states = new ConnectionStates(faults);
        callbacks = new SessionCallbacks(name, faults, states, config.failOnPublishGap());
        final SessionCounters sessionCounters = new SessionCounters();
        final StepMeter steps = new StepMeter();
        counters = new ClientCounters(store, acknowledgements, sessionCounters, steps);
        final SharedSubscriptions subscriptions = new SharedSubscriptions();
        final RandomGenerator random = new SplittableRandom();
        final ReconnectPolicy policy = config.reconnectPolicy();
        sessions = new Sessions(
                new ClientState(
                        name, store, acknowledgements, callbacks, sessionCounters, steps, receiveThread, subscriptions),
                states,
                new Outages((attempt, elapsedNs) -> policy.delayNs(attempt, elapsedNs, random)));
        publications =
                new Publications(name, store, new StoreWaits(name, store, receiveThread, config.publishTimeoutNs()));
        subscriber = new Subscriber(config, sessions, subscriptions, receiveThread, faults);
        setHandlers();
    }

    private void setHandlers() {
        faults.handler(config.errorHandler());
        outcomes.ackListener(config.ackListener());
        outcomes.failedPublishHandler(config.failedPublishHandler());
        callbacks.lastChanceHandler(config.lastChanceHandler());
        callbacks.sessionListener(config.sessionListener());
        states.listener(config.connectionStateListener());
    }

    /** Connects; from then on the store's bound is the connection string's, unless the program gave a store. */
    void connect(ConnectionString target) {
        checkStore(target);
        sessions.connect(target);
        takeStoreSize(target);
    }

    /** As connecting and logging on, again and again until it has worked; does not wait for it. */
    void connectInBackground(ConnectionString target, Authenticator authenticator) {
        checkStore(target);
        sessions.begin(wish(target, authenticator));
        takeStoreSize(target);
    }

    /** Logs on, and tells the authenticator when that is done. */
    void logon(Authenticator authenticator) {
        sessions.logon(wish(sessions.connectedTarget(), authenticator));
    }

    private Wish wish(ConnectionString target, Authenticator authenticator) {
        return new Wish(target, peer -> {
            final LogonContext context = new LogonContext(config.name(), target.scheme(), peer);
            return new Logon(authenticator, context, target.user(), target.password());
        });
    }

    /** A store that is there cannot become another one. */
    private void checkStore(ConnectionString target) {
        if (config.isStoreGiven()) {
            return;
        }
        if (!config.store().isNamedBy(target)) {
            throw new TautwireException(
                    Code.CONFIGURATION_INVALID,
                    "client=" + config.name() + " store=" + target.option(ConnectionOption.STORE)
                            + " is not where this client keeps what it publishes, " + config.store()
                            + "; make it by Client.connect(uri, name), or give ClientConfig.store in the program");
        }
        if (target.storeSize() > store.maxBound()) {
            throw new TautwireException(
                    Code.CONFIGURATION_INVALID,
                    "client=" + config.name() + " store_size=" + target.storeSize() + " is more than "
                            + store.maxBound() + ", which the store of this client can grow to; make it by"
                            + " Client.connect(uri, name), or give storeBytes in the program");
        }
    }

    private void takeStoreSize(ConnectionString target) {
        if (!config.isStoreGiven()) {
            store.bound(target.storeSize());
        } else if (!config.store().isNamedBy(target)
                || target.isGiven(ConnectionOption.STORE_SIZE)
                        && target.storeSize() != config.store().bytes()) {
            LOGGER.info(
                    "client={} store={} store_size={} of the connection string have no effect: the program gives {}",
                    config.name(),
                    target.option(ConnectionOption.STORE),
                    target.storeSize(),
                    config.store());
        }
    }

    /** Waits until all that is published by now has an outcome. */
    FlushResult flush(long timeoutNs) {
        receiveThread.checkMayWait("publishFlush", "publishFlushAsync");
        final CompletableFuture<FlushWaits.Totals> done = flushes.await(store.lastCommitted());
        try {
            return result(Waits.get(done, timeoutNs, () -> late(timeoutNs)));
        } finally {
            flushes.forget(done);
        }
    }

    static FlushResult result(FlushWaits.Totals totals) {
        return new FlushResult(totals.settled(), totals.acknowledged(), totals.refused());
    }

    void close() {
        store.close();
        flushes.close();
        sessions.close();
        states.onClosed();
        new StoreClosing(config.name(), store, receiveThread, faults).run();
    }

    /**
     * Takes nothing more, waits for what is outstanding, and closes.
     *
     * @return how many messages have no outcome.
     */
    long drain(long timeoutNs) {
        receiveThread.checkMayWait("close(Duration)", "close");
        store.close();
        final long deadlineNs = System.nanoTime() + Math.min(timeoutNs, Long.MAX_VALUE / 2);
        try {
            long flushed = -1;
            while (flushed != store.lastCommitted()) { // an append that was under way may have come after
                flushed = store.lastCommitted();
                flush(Math.max(0, deadlineNs - System.nanoTime()));
            }
        } catch (TautwireException e) {
            LOGGER.warn("client={} closes with messages outstanding: {}", config.name(), e.getMessage());
        } finally {
            close();
        }
        return counters.outstanding();
    }

    private TautwireException late(long timeoutNs) {
        return new TautwireException(
                Code.TIMED_OUT,
                "client=" + config.name() + " timeoutMs=" + timeoutNs / 1_000_000 + " outstanding="
                        + counters.outstanding() + " from=" + (acknowledgements.lastOutcome() + 1)
                        + "; wait longer, or look at the server");
    }
}
