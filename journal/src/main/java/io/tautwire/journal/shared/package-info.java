/**
 * The short lock that lets several threads append to one journal. The journal itself knows no lock and no thread.
 */
package io.tautwire.journal.shared;
