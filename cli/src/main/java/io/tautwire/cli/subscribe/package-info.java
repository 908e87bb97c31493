/** Delivered messages as output, and for how long they are waited for; the command line is elsewhere. */
package io.tautwire.cli.subscribe;
