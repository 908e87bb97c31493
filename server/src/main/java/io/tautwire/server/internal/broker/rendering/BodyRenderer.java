package io.tautwire.server.internal.broker.rendering;

/** Makes the bodies of one message type readable. Allocates nothing; one thread at a time. */
interface BodyRenderer {
    /** {@link #render}: the body is delivered as it was published, and nothing was written. */
    int AS_IS = -1;

    /**
     * Renders one body.
     *
     * @param body   begins at 0.
     * @param length of the body in bytes.
     * @param target another array.
     * @param at     where in it the rendered body begins.
     * @param limit  where it must have ended.
     * @return bytes of the rendered body; or when it does not fit, or is not what its type says, a negative number: the
     *     complement ({@code ~}) of the bytes written in vain, so that somebody counts what they cost.
     */
    int render(byte[] body, int length, byte[] target, int at, int limit);
}
