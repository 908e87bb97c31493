/**
 * Carries bytes over TCP and Unix sockets, by epoll, kqueue or NIO: a connection string becomes a configured channel.
 *
 * <p>One {@link io.tautwire.transport.TransportLoop} is one named thread. Everything that belongs to its connections
 * happens there and nowhere else: every call to a {@link io.tautwire.transport.wire.WireHandler}, an
 * {@link io.tautwire.transport.Acceptor}, a {@link io.tautwire.transport.ConnectHandler} or a timer's task, and every
 * use of a {@link io.tautwire.transport.wire.Wire}. None of them may block. Other threads hand work over by
 * {@link io.tautwire.transport.TransportLoop#execute}.
 *
 * <p>Netty is not seen outside: no public signature names a type of it. What the bytes mean is not known here.
 */
package io.tautwire.transport;
