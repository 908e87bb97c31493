package io.tautwire.client.internal.core;

import io.tautwire.codec.MessageView;
import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.NoticeKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The subscriptions by id, and what they still have to say to the server. Outlives the sessions: when one begins, all
 * are subscribed there, each behind what it has seen. Stepped by one thread at a time, the session's while there is
 * one.
 */
public final class Subscriptions {
    private final Long2ObjectHashMap<Registration> byId = new Long2ObjectHashMap<>();
    private final ArrayDeque<Registration> owing = new ArrayDeque<>();
    private final ArrayList<Registration> touched = new ArrayList<>();
    private final boolean endWithSession;
    private long lastId;

    /** Null between sessions. */
    private ControlFrames control;

    private long journalId;
    private int epoch;

    /**
     * No subscriptions yet.
     *
     * @param endWithSession whether all end when their session does; else whoever owns this decides.
     */
    public Subscriptions(boolean endWithSession) {
        this.endWithSession = endWithSession;
    }

    /** Registers an interest, in the session if there is one, and else in the next; the listener learns what comes. */
    public Registration add(Interest interest, SubscriptionListener listener) {
        final Registration registration = new Registration(++lastId, interest, listener);
        byId.put(registration.id(), registration);
        if (control != null) {
            registration.begin(journalId);
            enqueue(registration);
        }
        return registration;
    }

    /**
     * Ends an interest: no message comes after this. The listener is not told.
     *
     * @return false when it has ended already.
     */
    public boolean remove(Registration registration) {
        if (byId.remove(registration.id()) == null) {
            return false;
        }
        if (control != null) {
            registration.unsubscribe();
            enqueue(registration);
        }
        return true;
    }

    /** Gives credit back that {@link SubscriptionListener#onMessage} did not. */
    public void consumed(Registration registration, long bytes) {
        registration.consumed(bytes);
        enqueueIfOwing(registration);
    }

    /** Ends all: gives those there were, in the order of their ids, for their listeners to be told. */
    public List<SubscriptionListener> removeAll() {
        final List<SubscriptionListener> listeners =
                inOrder().stream().map(Registration::listener).toList();
        byId.clear();
        owing.clear();
        return listeners;
    }

    /** A session is logged on: all subscribe there. */
    void begin(ControlFrames with, long sessionJournalId, int sessionEpoch) {
        control = with;
        journalId = sessionJournalId;
        epoch = sessionEpoch;
        for (final Registration registration : inOrder()) {
            registration.begin(sessionJournalId);
            enqueue(registration);
        }
    }

    /** The session is over. */
    void end(Code code, String reason) {
        control = null;
        while (!owing.isEmpty()) {
            owing.removeFirst().isOwing = false;
        }
        if (endWithSession) {
            removeAll().forEach(listener -> listener.onEnded(code, reason));
        }
    }

    /** The registration of this id, or null. */
    Registration find(long id) {
        return byId.get(id);
    }

    /** Delivers; returns whether it is new to the subscription. */
    boolean deliver(Registration registration, MessageView message, int alignedBytes, boolean isRendered, long tail) {
        final boolean isNew = registration.deliver(message, alignedBytes, isRendered, tail, journalId, epoch);
        if (!registration.isTouched) {
            registration.isTouched = true;
            touched.add(registration);
        }
        enqueueIfOwing(registration);
        return isNew;
    }

    void onSubscribed(long id, long position) {
        final Registration registration = byId.get(id);
        if (registration != null) {
            registration.confirmed(journalId, epoch, position);
        }
    }

    void onRefused(long id, Code code, String reason) {
        final Registration registration = byId.remove(id);
        if (registration != null) {
            registration.listener().onRefused(code, reason);
        }
    }

    void onNotice(long id, int kind, long fromPosition, long toPosition, String detail) {
        final Registration registration = byId.get(id);
        if (registration == null) {
            return;
        }
        if (kind == NoticeKind.GAP.value() || kind == NoticeKind.LIVE.value() || kind == NoticeKind.EPOCH_END.value()) {
            registration.passed(journalId, epoch, toPosition);
        }
        registration.listener().onNotice(kind, fromPosition, toPosition, detail);
    }

    /** Says what is owed, as far as there is room; called before each flush. */
    void writeOwed() {
        while (!owing.isEmpty() && owing.peekFirst().write(control)) {
            owing.removeFirst().isOwing = false;
        }
    }

    void publishCounters() {
        for (int i = 0; i < touched.size(); i++) {
            touched.get(i).isTouched = false;
            touched.get(i).publishCounters();
        }
        touched.clear();
    }

    /** Allocates: for what happens once in a session. */
    private List<Registration> inOrder() {
        final List<Registration> all = new ArrayList<>(byId.values());
        all.sort(Comparator.comparingLong(Registration::id));
        return all;
    }

    private void enqueueIfOwing(Registration registration) {
        if (control != null && !registration.isOwing && registration.owes() && byId.containsKey(registration.id())) {
            enqueue(registration);
        }
    }

    private void enqueue(Registration registration) {
        if (!registration.isOwing) {
            registration.isOwing = true;
            owing.addLast(registration);
        }
    }
}
