/**
 * What every part of Tautwire shares with its users: the exception base. Knows nothing but the codes.
 */
package io.tautwire;
