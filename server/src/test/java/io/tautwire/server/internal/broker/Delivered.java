package io.tautwire.server.internal.broker;

import java.util.List;

/** One message as a peer got it. */
public record Delivered(
        List<Long> ids,
        String topic,
        String body,
        String clientName,
        long incarnation,
        long sequence,
        long position,
        long timestamp,
        boolean isRendered) {}
