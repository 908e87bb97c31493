/** A journal's frames, for people and their tools. Knows nothing of commands. */
package io.tautwire.cli.journal;
