package io.tautwire.client.internal.core;

import io.tautwire.codec.sbe.AckLevel;

/**
 * What a subscription asks for.
 *
 * @param pattern       topic pattern in UTF-8, checked by whoever made this; not to be changed.
 * @param windowBytes   most bytes of messages that may be under way to it.
 * @param start         where it begins the first time; later sessions go on where it was.
 * @param deliveryPoint what a message must have survived before it is delivered.
 */
public record Interest(byte[] pattern, long windowBytes, Start start, AckLevel deliveryPoint) {
    /** Live from now, as soon as the server has a message. */
    public static Interest live(byte[] pattern, long windowBytes) {
        return new Interest(pattern, windowBytes, Start.NOW, AckLevel.RECEIVED);
    }
}
