/** Lines in, messages out, and the account of what became of each; the command line is elsewhere. */
package io.tautwire.cli.publish;
