package io.tautwire.client.internal.core.bookmark;

/**
 * Where a subscription begins, as one number, so that it can be kept and compared without allocating: after the message
 * at a position, at a position, or nowhere yet.
 */
public final class Place {
    /** Nowhere yet: nothing is known. */
    public static final long NONE = Long.MIN_VALUE;

    private Place() {}

    /** Behind the message at this position: the place is the position itself. */
    public static long after(long position) {
        return position;
    }

    /** At this position, a message there included: the place is the position's complement, which is negative. */
    public static long at(long position) {
        return ~position;
    }

    /** Whether it is behind a message. */
    public static boolean isAfter(long place) {
        return place >= 0;
    }

    /** Whether it is at a position. */
    public static boolean isAt(long place) {
        return place < 0 && place != NONE;
    }

    /** The position that the place is behind or at; not for {@link #NONE}. */
    public static long position(long place) {
        return place < 0 ? ~place : place;
    }

    /** The lowest position of which a message comes that begins here; everything comes from {@link #NONE}. */
    public static long first(long place) {
        return place == NONE ? 0 : isAt(place) ? ~place : place + 1;
    }
}
