package io.tautwire.client.internal.core;

/**
 * The right to write to a session's wire, which one holder has at a time. {@link Outgoing} takes it before it writes
 * and lets go when nothing is left.
 */
public interface SendRight {
    /** For a world with one thread: always granted, and nothing can be committed while it is held. */
    SendRight ALWAYS = new SendRight() {
        @Override
        public boolean take() {
            return true;
        }

        @Override
        public boolean release(long sentSequence) {
            return true;
        }
    };

    /** Takes the right, if nobody else holds it; true also when the caller holds it already. */
    boolean take();

    /**
     * Lets go, unless commands were committed that the caller has not seen.
     *
     * @param sentSequence last sequence that the caller has written.
     * @return false if there is more to write and the caller still holds the right.
     */
    boolean release(long sentSequence);
}
