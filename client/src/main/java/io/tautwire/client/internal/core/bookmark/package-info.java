/**
 * What one named subscription has received and what of it is discarded: the state behind a bookmark store. Pure: it
 * knows no file, lock or thread; whoever owns it keeps both.
 */
package io.tautwire.client.internal.core.bookmark;
