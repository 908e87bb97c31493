/**
 * The client's side of SCRAM-SHA-256 (RFC 5802 and 7677). The only place in the client that knows the library it rests
 * on; must know no thread, no socket and no randomness: the nonce is passed in.
 */
package io.tautwire.client.internal.scram;
