/**
 * The logon: what is asked, what the listener allows, who decides, and what the session starts with.
 *
 * <p>Pure. Whoever verifies a credential does so elsewhere and answers with an event.
 */
package io.tautwire.server.internal.broker.logon;
