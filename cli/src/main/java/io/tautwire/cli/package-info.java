/**
 * The {@code tautwire} command: one class for each sub-command, which turns words and options into calls of the client
 * and the server, and outcomes into exit codes. The work of a command, where there is any beyond that, has a package of
 * its own, which does not know the command line.
 */
package io.tautwire.cli;
