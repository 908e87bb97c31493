/**
 * Subscriptions as cursors over the journal: live at the tail or behind it, fed when there is credit and room.
 *
 * <p>Pure. Knows the journal, routing and output; not logons or publishers.
 */
package io.tautwire.server.internal.broker.delivery;
