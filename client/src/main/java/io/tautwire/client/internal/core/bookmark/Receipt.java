package io.tautwire.client.internal.core.bookmark;

/** What a named subscription is to do with a message that has come. */
public enum Receipt {
    /** It comes for the first time. */
    FIRST,
    /** It is to be handled, and it or one like it may have been received in an earlier life. */
    REPEATED,
    /** It was discarded, or it came before in this life: it is not to be handled again. */
    KNOWN
}
