package io.tautwire.server.internal.broker;

/** What became of a frame that came in. */
enum Taken {
    /** It was handled. */
    YES,
    /** It was not looked at: the journal has to get on first. To be given again. */
    NOT_YET,
    /** It was the peer's goodbye. */
    GOODBYE
}
