/**
 * Users with passwords and tokens: verifiers and the file they are kept in, the conversation by SCRAM-SHA-256, and
 * plain credentials where they are taken.
 *
 * <p>Must not know sockets, frames or sessions. Nothing here shows a password, a token or a key in its text. The only
 * package of the server that knows the SCRAM library.
 */
package io.tautwire.server.internal.users;
