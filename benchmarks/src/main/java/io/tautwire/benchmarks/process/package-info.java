/**
 * Servers in processes of their own, for benchmarks that measure across a socket: started for a trial, ended with it,
 * and with the process that started them however that ends. Knows nothing of what is measured.
 */
package io.tautwire.benchmarks.process;
