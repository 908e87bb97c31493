package io.tautwire.server.internal.broker;

import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.server.AccessPolicy;
import io.tautwire.server.ServerLimits;
import io.tautwire.server.internal.broker.logon.LogonPolicy;
import io.tautwire.server.internal.broker.publisher.PublisherTable;

/**
 * What a broker is told once.
 *
 * @param limits   what it spends at most.
 * @param access   who may do what.
 * @param logon    who is admitted unasked, and who is verified by the host.
 * @param ackLevel what an acknowledgement promises.
 * @param agent    name and version of the server, for a client's logs.
 */
public record BrokerConfig(
        ServerLimits limits, AccessPolicy access, LogonPolicy logon, AckLevel ackLevel, String agent) {
    /** An empty table within these limits. */
    public PublisherTable newPublishers() {
        return new PublisherTable(
                limits.maxPublishers(), limits.publisherRetention().toNanos());
    }
}
