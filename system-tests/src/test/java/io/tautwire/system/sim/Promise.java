package io.tautwire.system.sim;

/** What the simulation holds Tautwire to. */
enum Promise {
    /** An acknowledged command is in the journal, and survives what its ack level says. */
    ACKNOWLEDGED_IS_KEPT,
    /** No command is applied twice. */
    ONCE,
    /** The commands of an incarnation keep their order, without gaps. */
    ORDER,
    /** What is in the journal is what was published. */
    TRUE_BYTES,
    /** A refusal is told as one, always. */
    REFUSED_STAYS_REFUSED,
    /** What a store took is sent until it has an outcome. */
    STORED_IS_SENT,
    /** A subscriber sees every matching message, once, in journal order. */
    GAP_FREE_PREFIX,
    /** Nobody sees what is not in the journal, or not as safe there as was asked for. */
    ONLY_WHAT_IS_THERE,
    /** One name, one session. */
    ONE_HOLDER,
    /** Nothing grows without bound. */
    BOUNDED,
    /** Once nothing breaks, everything settles. */
    PROGRESS,
    /** Nothing fails in a way that nobody foresaw. */
    NO_SURPRISE
}
