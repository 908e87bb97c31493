/** A command's session with a server: its end, and waiting that the user can end. */
package io.tautwire.cli.session;
