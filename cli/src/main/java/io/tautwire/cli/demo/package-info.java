/**
 * The demonstration: real Bitcoin trades through a server of its own to two subscribers, with every message accounted
 * for. What it publishes, what each subscriber must see, and how the outcome is shown; the command line is elsewhere.
 */
package io.tautwire.cli.demo;
