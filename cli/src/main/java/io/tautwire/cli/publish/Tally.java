package io.tautwire.cli.publish;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tautwire.cli.terminal.Json;
import io.tautwire.codec.sbe.Code;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What became of the lines: each is published, and then acknowledged or failed; what is neither is outstanding. Any
 * thread.
 */
public final class Tally {
    private final AtomicLong published = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong earlier = new AtomicLong();
    private final AtomicReference<String> firstFailure = new AtomicReference<>();

    void onPublished() {
        published.incrementAndGet();
    }

    /** Messages the server acknowledged. */
    public void onAcknowledged(long count) {
        acknowledged.addAndGet(count);
    }

    /**
     * One message failed.
     *
     * @param what   which one it was, for the user.
     * @param code   why.
     * @param reason text to the code; may be empty.
     */
    public void onFailed(String what, Code code, String reason) {
        failed.incrementAndGet();
        firstFailure.compareAndSet(null, what + " " + code + (reason.isEmpty() ? "" : ": " + reason));
    }

    /** Messages that an earlier run left in the store, and that have their outcome now. */
    void onEarlier(long count) {
        earlier.addAndGet(count);
    }

    /** Messages of earlier runs that got their outcome so far. */
    public long earlier() {
        return earlier.get();
    }

    /** Lines handed over so far, whatever became of them. */
    public long published() {
        return published.get();
    }

    /** Messages acknowledged so far. */
    public long acknowledged() {
        return acknowledged.get();
    }

    /** Messages refused so far, by the server or before they reached it. */
    public long failed() {
        return failed.get();
    }

    /** Messages whose fate is not known yet. */
    public long outstanding() {
        return published() - acknowledged() - failed();
    }

    /** True when every message was acknowledged. */
    public boolean isFlawless() {
        return failed() == 0 && outstanding() == 0;
    }

    /** What was wrong, in one line. */
    public String faults() {
        final String first = firstFailure.get();
        return "failed=%d unacknowledged=%d of published=%d".formatted(failed(), outstanding(), published())
                + (first == null ? "" : "; the first: " + first);
    }

    /** Writes the result as fields. */
    public void writeTo(JsonGenerator json, long elapsedNs, String ackLevel) throws IOException {
        json.writeNumberField("published", published());
        json.writeNumberField("acknowledged", acknowledged());
        json.writeNumberField("failed", failed());
        Json.seconds(json, elapsedNs);
        json.writeStringField("ackLevel", ackLevel);
    }
}
