package io.tautwire.client.internal.core.bookmark;

/**
 * Where changes of {@link SubscriptionMarks} go, each before it is made: what throws has not happened.
 */
interface MarkLog {
    /** Keeps nothing. */
    MarkLog NONE = new MarkLog() {
        @Override
        public void received(int subscription, int epoch, long position, int beforeEpoch, long before) {}

        @Override
        public void discarded(int subscription, long position) {}

        @Override
        public void rewrite(SubscriptionMarks marks) {}
    };

    /** A message came, behind what was received before it. */
    void received(int subscription, int epoch, long position, int beforeEpoch, long before);

    /** A message is discarded. */
    void discarded(int subscription, long position);

    /** Everything about one subscription is to be written anew. This one comes after the change. */
    void rewrite(SubscriptionMarks marks);
}
