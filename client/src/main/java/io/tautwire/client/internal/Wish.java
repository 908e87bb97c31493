package io.tautwire.client.internal;

import io.tautwire.transport.connection.ConnectionString;
import java.util.function.Function;

/**
 * That there be a session.
 *
 * @param target where to.
 * @param logon  makes the logon at a host, by its address.
 */
public record Wish(ConnectionString target, Function<String, LogonCalls> logon) {}
