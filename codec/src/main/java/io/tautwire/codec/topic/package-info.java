/**
 * Topics, topic patterns and client names: what is well-formed, where the fault is when it is not, and which topics a
 * pattern takes.
 *
 * <p>Pure. Works on UTF-8 bytes where they lie; checking and matching allocate nothing. Knows no subscriptions: the
 * index that routes a message to them is the server's.
 */
package io.tautwire.codec.topic;
