/**
 * Deterministic simulation: the real client core, broker and journal on a virtual clock, a simulated network and a
 * faulty disk. One seed, one trace.
 *
 * <p>{@link io.tautwire.system.sim.SimWorld} runs a {@link io.tautwire.system.sim.Plan} over machines that can be
 * killed; {@link io.tautwire.system.sim.Ledger} and {@link io.tautwire.system.sim.JournalView} hold what was published,
 * told and appended, and check it after every event. They must not ask the product's own tables.
 */
package io.tautwire.system.sim;
