/**
 * What a message costs across a socket, by connection string: publish to acknowledgement, publish to delivery, and
 * {@code offer} alone, each beside a plain blocking socket that moves the same bytes. How to run and read them: the
 * README of this module.
 */
package io.tautwire.benchmarks.latency;
