package io.tautwire.client;

import io.tautwire.codec.sbe.Code;

/** Gets messages back that the server refused. */
@FunctionalInterface
public interface FailedPublishHandler {
    /**
     * One message was refused and is about to leave the publish store. Comes before the {@link AckListener} hears of
     * it. Runs on the receive thread; an exception goes to the {@link ErrorHandler}.
     *
     * @param original the message as it was published; valid during this call only. Position and timestamp are zero.
     * @param code     why.
     * @param reason   text to the code; may be empty.
     */
    void onFailed(Message original, Code code, String reason);
}
