package io.tautwire.server.internal.users;

/**
 * A user who may log on, or one who looks like it from outside.
 *
 * @param user     as logged on; empty where there is none.
 * @param verifier of the password, or one that none fits.
 * @param exists   whether the user is known.
 */
record Account(String user, Verifier verifier, boolean exists) {}
