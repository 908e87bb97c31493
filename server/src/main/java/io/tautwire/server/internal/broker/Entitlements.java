package io.tautwire.server.internal.broker;

import io.tautwire.server.AccessPolicy;
import io.tautwire.server.internal.broker.routing.TopicCache;
import org.agrona.DirectBuffer;

/** What one session's user may do: asks the access policy, and remembers what it said about a topic. */
final class Entitlements {
    private static final int REMEMBERED_TOPICS = 256;

    private final AccessPolicy policy;
    private final String user;
    private final BrokerHost host;
    private final TopicCache<Boolean> remembered;

    Entitlements(AccessPolicy policy, String user, BrokerHost host) {
        this.policy = policy;
        this.user = user;
        this.host = host;
        this.remembered = policy == AccessPolicy.PERMIT_ALL ? null : new TopicCache<>(REMEMBERED_TOPICS);
    }

    boolean mayPublish(DirectBuffer buffer, int topicOffset, int topicLength) {
        if (remembered == null) {
            return true;
        }
        final Boolean known = remembered.get(buffer, topicOffset, topicLength);
        if (known != null) {
            return known;
        }
        final String topic = buffer.getStringWithoutLengthUtf8(topicOffset, topicLength);
        try {
            final boolean permitted = policy.mayPublish(user, topic);
            remembered.put(buffer, topicOffset, topicLength, permitted);
            return permitted;
        } catch (RuntimeException e) {
            return refuse(topic, e); // not remembered: the policy may answer the next time
        }
    }

    boolean maySubscribe(String pattern) {
        try {
            return policy.maySubscribe(user, pattern);
        } catch (RuntimeException e) {
            return refuse(pattern, e);
        }
    }

    private boolean refuse(String what, RuntimeException cause) {
        host.onFault(FaultKind.ACCESS_POLICY, "user=" + user + " asked for=" + what + " is refused", cause);
        return false;
    }
}
