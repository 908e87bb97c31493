package io.tautwire.server.internal.broker;

import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.server.AccessPolicy;
import io.tautwire.server.ServerLimits;

/**
 * What a broker is told once.
 *
 * @param limits         what it spends at most.
 * @param access         who may do what.
 * @param authenticates  whether credentials are verified by the host; if not, users are taken at their word.
 * @param allowAnonymous whether unverified users are taken on listeners that are not local, too.
 * @param ackLevel       what an acknowledgement promises.
 * @param agent          name and version of the server, for a client's logs.
 */
public record BrokerConfig(
        ServerLimits limits,
        AccessPolicy access,
        boolean authenticates,
        boolean allowAnonymous,
        AckLevel ackLevel,
        String agent) {}
