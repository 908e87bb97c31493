package io.tautwire.client;

/** Gets what went wrong where no caller could be told: exceptions of handlers, and faults of a session. */
@FunctionalInterface
public interface ErrorHandler {
    /**
     * One fault. Mostly on the receive thread; what this throws is logged.
     *
     * @param error a handler's exception as it was thrown; or a {@link io.tautwire.TautwireException}: PUBLISH_GAP when
     *              the server lacks messages that it had acknowledged, MESSAGE_GAP when messages were gone from the
     *              server before they could be delivered, SBE_UNKNOWN for a notice of a newer server, by number.
     */
    void onError(Throwable error);
}
