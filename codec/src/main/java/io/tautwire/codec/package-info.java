/**
 * Frames: their layout, checksums, and the flyweights that write and read them.
 *
 * <p>Pure: no I/O, threads, locks or clocks, and no network library. Bytes from outside are validated here, once,
 * before anything else looks at them. The generated SBE flyweights are in {@code io.tautwire.codec.sbe}.
 */
package io.tautwire.codec;
