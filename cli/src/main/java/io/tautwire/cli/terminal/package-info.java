/**
 * What a command sees of the process around it: standard streams, environment, the wish to stop, and the forms in
 * which results are shown. Knows nothing of clients, servers or connection strings.
 */
package io.tautwire.cli.terminal;
