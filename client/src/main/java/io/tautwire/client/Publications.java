package io.tautwire.client;

import io.tautwire.client.internal.OpenStore;
import io.tautwire.client.internal.StoreWaits;
import io.tautwire.codec.MessagePrefix;
import io.tautwire.codec.topic.Topics;
import java.util.concurrent.ConcurrentHashMap;

/** Prepares publications, and keeps those of topics that are published to by name. */
final class Publications {
    /** A program with more topics than this pays for encoding a prefix each time; it should keep its publications. */
    static final int MAX_KEPT = 1024;

    private final ConcurrentHashMap<String, Publication> kept = new ConcurrentHashMap<>();
    private final String clientName;
    private final OpenStore store;
    private final StoreWaits waits;

    Publications(String clientName, OpenStore store, StoreWaits waits) {
        this.clientName = clientName;
        this.store = store;
        this.waits = waits;
    }

    /** The publication of a topic with nothing else, kept for the next time. */
    Publication of(String topic) {
        final Publication known = kept.get(topic);
        if (known != null) {
            return known;
        }
        final Publication prepared = prepare(PublicationSpec.of(topic));
        if (kept.size() < MAX_KEPT) {
            kept.putIfAbsent(topic, prepared);
        }
        return prepared;
    }

    /** A publication; a bad topic is refused with the position of the fault. */
    Publication prepare(PublicationSpec spec) {
        Topics.check(spec.topic());
        if (!spec.replyTo().isEmpty()) {
            Topics.check(spec.replyTo());
        }
        final MessagePrefix prefix = MessagePrefix.builder()
                .clientName(clientName)
                .incarnation(store.incarnation())
                .topic(spec.topic())
                .correlationId(spec.correlationId())
                .replyTo(spec.replyTo())
                .headers(spec.headers())
                .build();
        return new Publication(spec.topic(), prefix, store, waits);
    }
}
