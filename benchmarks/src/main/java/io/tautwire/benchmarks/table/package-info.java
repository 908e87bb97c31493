/**
 * The latency rows as a table in Markdown, made from what JMH has written: each row beside its baseline. Measures
 * nothing.
 */
package io.tautwire.benchmarks.table;
