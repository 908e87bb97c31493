/** Round trips, one message at a time, and how long each took; the command line is elsewhere. */
package io.tautwire.cli.ping;
