package io.tautwire.cli.demo;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tautwire.cli.terminal.Json;
import java.io.IOException;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What became of the messages of a demonstration.
 *
 * @param messages     how many were published.
 * @param acknowledged how many of them the server acknowledged.
 * @param ackLevel     what an acknowledgement promised.
 * @param delivered    deliveries to each subscription.
 * @param lost         messages that a subscription never got, over all subscriptions.
 * @param duplicated   messages that a subscription got again.
 * @param outOfOrder   messages that a subscription got after a later one.
 * @param elapsedNs    from the first publish until the last acknowledgement and delivery.
 * @param deliverNanos time from publish to delivery, in nanoseconds.
 */
public record DemoResult(
        long messages,
        long acknowledged,
        String ackLevel,
        List<Long> delivered,
        long lost,
        long duplicated,
        long outOfOrder,
        long elapsedNs,
        Histogram deliverNanos) {

    static DemoResult of(
            long messages, long acknowledged, String ackLevel, List<DeliveryAudit> audits, long elapsedNs) {
        final Histogram all = new Histogram(audits.get(0).deliverNanos());
        audits.forEach(audit -> all.add(audit.deliverNanos()));
        return new DemoResult(
                messages,
                acknowledged,
                ackLevel,
                audits.stream().map(DeliveryAudit::delivered).toList(),
                audits.stream().mapToLong(DeliveryAudit::lost).sum(),
                audits.stream().mapToLong(DeliveryAudit::duplicated).sum(),
                audits.stream().mapToLong(DeliveryAudit::outOfOrder).sum(),
                elapsedNs,
                all);
    }

    /** True when every message was acknowledged, and each subscription got each of them once and in order. */
    public boolean isFlawless() {
        return acknowledged == messages && lost == 0 && duplicated == 0 && outOfOrder == 0;
    }

    /** What was wrong, in one line. */
    public String faults() {
        return "messages=%d acknowledged=%d lost=%d duplicated=%d outOfOrder=%d"
                .formatted(messages, acknowledged, lost, duplicated, outOfOrder);
    }

    /** Writes the result as fields. */
    public void writeTo(JsonGenerator json) throws IOException {
        json.writeNumberField("messages", messages);
        json.writeNumberField("acknowledged", acknowledged);
        json.writeArrayFieldStart("delivered");
        for (final long deliveries : delivered) {
            json.writeNumber(deliveries);
        }
        json.writeEndArray();
        json.writeNumberField("lost", lost);
        json.writeNumberField("duplicated", duplicated);
        json.writeNumberField("outOfOrder", outOfOrder);
        Json.seconds(json, elapsedNs);
        Json.percentiles(json, "deliverNanos", deliverNanos);
    }
}
