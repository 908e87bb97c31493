package io.tautwire.client.internal.core;

import io.tautwire.codec.MessageView;
import io.tautwire.codec.sbe.Code;
import java.util.ArrayDeque;
import java.util.ArrayList;
import org.agrona.collections.Long2ObjectHashMap;

/** The session's subscriptions by id, and what they still have to say to the server. */
final class Subscriptions {
    private final Long2ObjectHashMap<Registration> byId = new Long2ObjectHashMap<>();
    private final ArrayDeque<Registration> owing = new ArrayDeque<>();
    private final ArrayList<Registration> touched = new ArrayList<>();
    private final ControlFrames control;
    private long lastId;

    Subscriptions(ControlFrames control) {
        this.control = control;
    }

    Registration add(byte[] pattern, long windowBytes, SubscriptionListener listener) {
        final Registration registration = new Registration(++lastId, pattern, windowBytes, listener);
        byId.put(registration.id(), registration);
        enqueue(registration);
        return registration;
    }

    /** Ends an interest; does nothing when it has ended already. */
    void remove(Registration registration) {
        if (byId.remove(registration.id()) != null) {
            registration.unsubscribe();
            enqueue(registration);
            registration.listener().onEnded(Code.OK, "unsubscribed");
        }
    }

    /** The registration of this id, or null. */
    Registration find(long id) {
        return byId.get(id);
    }

    /** Delivers, and returns whether the subscription's credit is used up. */
    boolean deliver(Registration registration, MessageView message, int alignedBytes, boolean isRendered, long tail) {
        final boolean usedUp = registration.deliver(message, alignedBytes, isRendered, tail);
        if (!registration.isTouched) {
            registration.isTouched = true;
            touched.add(registration);
        }
        enqueueIfOwing(registration);
        return usedUp;
    }

    void consumed(Registration registration, long bytes) {
        registration.consumed(bytes);
        enqueueIfOwing(registration);
    }

    void onSubscribed(long id, long position) {
        final Registration registration = byId.get(id);
        if (registration != null) {
            registration.listener().onSubscribed(position);
        }
    }

    void onRefused(long id, Code code, String reason) {
        final Registration registration = byId.remove(id);
        if (registration != null) {
            registration.listener().onEnded(code, reason);
        }
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

    /** The session is over: all end, in the order of their ids. */
    void endAll(Code code, String reason) {
        for (long id = 1; id <= lastId && !byId.isEmpty(); id++) {
            final Registration registration = byId.remove(id);
            if (registration != null) {
                registration.listener().onEnded(code, reason);
            }
        }
        owing.clear();
    }

    private void enqueueIfOwing(Registration registration) {
        if (!registration.isOwing && registration.owes() && byId.containsKey(registration.id())) {
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
