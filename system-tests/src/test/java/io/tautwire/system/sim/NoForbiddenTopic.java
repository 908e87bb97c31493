package io.tautwire.system.sim;

import io.tautwire.server.AccessPolicy;

/** Everybody may do everything, but for one topic. */
final class NoForbiddenTopic implements AccessPolicy {
    @Override
    public boolean mayPublish(String user, String topic) {
        return !Topics.isForbidden(topic);
    }

    @Override
    public boolean maySubscribe(String user, String pattern) {
        return true;
    }
}
