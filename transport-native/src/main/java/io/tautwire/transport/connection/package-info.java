/**
 * The connection string: what an operator may change without the program knowing, in one line.
 *
 * <p>{@link io.tautwire.transport.connection.ConnectionString} parses and holds it,
 * {@link io.tautwire.transport.connection.ConnectionOption} declares each option once. Knows no network library, no
 * socket and no thread: applying the options is the transport's work.
 */
package io.tautwire.transport.connection;
