package io.tautwire.server.internal.broker.delivery;

import io.tautwire.codec.sbe.NoticeKind;

/**
 * Where a subscription begins, proven: a frame begins there, or the next one will.
 *
 * @param position   of the first frame that it may get.
 * @param kind       what the subscriber must be told of the way there; null for nothing.
 * @param noticeFrom begin of the range that the notice is about.
 * @param detail     of the notice, for people.
 */
record Place(long position, NoticeKind kind, long noticeFrom, String detail) {
    /** A place as it was asked for. */
    static Place asAsked(long position) {
        return new Place(position, null, 0, "");
    }
}
