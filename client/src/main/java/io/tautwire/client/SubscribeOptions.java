package io.tautwire.client;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.NotFound;
import io.tautwire.codec.topic.ClientNames;
import java.util.Objects;

/**
 * What a subscription asks for besides its pattern. Immutable: each call gives a copy.
 *
 * <pre>{@code
 * client.subscribe("trades/#", SubscribeOptions.from(StartPoint.start()).on(AckLevel.SYNCED), handler);
 * client.subscribe("orders/#", SubscribeOptions.resuming("orders"), message -> {
 *     book(message);
 *     message.discard();
 * });
 * }</pre>
 *
 * @param from        where it begins; now by default. It matters once: after a lost session a subscription goes on
 *                    where it was.
 * @param on          what a message must have survived before it is delivered; RECEIVED by default, with the lowest
 *                    latency. With SYNCED nothing is seen that a power cut could take back. A server offers what its
 *                    durability does.
 * @param bookmarkNotFound what happens when the server does not hold the place to begin at, because it has dropped it
 *                    or has another journal: by default the subscription fails with BOOKMARK_UNKNOWN; or it begins at
 *                    the start or now, and the gap is told to the error handler.
 * @param name        what it is found by in the client's {@link BookmarkStore}; null, as by default, for a
 *                    subscription that no store keeps.
 * @param windowBytes most bytes of messages under way to it; with a name, of messages not discarded: then the server
 *                    sends nothing more until some are. Zero, as by default, for the client's own, or the stream's.
 */
public record SubscribeOptions(StartPoint from, AckLevel on, NotFound bookmarkNotFound, String name, int windowBytes) {
    private static final SubscribeOptions DEFAULTS =
            new SubscribeOptions(StartPoint.now(), AckLevel.RECEIVED, NotFound.FAIL, null, 0);

    /**
     * Checks what is given.
     *
     * @throws TautwireException CONFIGURATION_INVALID; NAME_INVALID for a name that breaks the rules of client names.
     */
    public SubscribeOptions {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(on, "on");
        Objects.requireNonNull(bookmarkNotFound, "bookmarkNotFound");
        if (on == AckLevel.NULL_VAL || bookmarkNotFound == NotFound.NULL_VAL) {
            throw new TautwireException(
                    Code.CONFIGURATION_INVALID,
                    "on=" + on + " bookmarkNotFound=" + bookmarkNotFound + "; NULL_VAL stands for nothing");
        }
        if (from.isLast() && name == null) {
            throw new TautwireException(
                    Code.CONFIGURATION_INVALID,
                    "from=last needs a name, by which the bookmark store knows the subscription; give one");
        }
        if (windowBytes != 0
                && (windowBytes < StreamConfig.MIN_WINDOW_BYTES || windowBytes > StreamConfig.MAX_WINDOW_BYTES)) {
            throw new TautwireException(
                    Code.CONFIGURATION_INVALID,
                    "windowBytes=" + windowBytes + " is not from " + StreamConfig.MIN_WINDOW_BYTES + " to "
                            + StreamConfig.MAX_WINDOW_BYTES + ", nor 0 for the default");
        }
        if (name != null) {
            checkName(name);
        }
    }

    /** Now, on RECEIVED, without a name. */
    public static SubscribeOptions defaults() {
        return DEFAULTS;
    }

    /** The defaults, but beginning elsewhere; for {@link StartPoint#last()} see {@link #resuming}. */
    public static SubscribeOptions from(StartPoint point) {
        return new SubscribeOptions(point, AckLevel.RECEIVED, NotFound.FAIL, null, 0);
    }

    /** From {@link StartPoint#last()}, under this name. */
    public static SubscribeOptions resuming(String name) {
        return new SubscribeOptions(StartPoint.last(), AckLevel.RECEIVED, NotFound.FAIL, name, 0);
    }

    /** The same with another delivery point. */
    public SubscribeOptions on(AckLevel level) {
        return new SubscribeOptions(from, level, bookmarkNotFound, name, windowBytes);
    }

    /** The same with another answer to a place that the server does not hold. */
    public SubscribeOptions bookmarkNotFound(NotFound instead) {
        return new SubscribeOptions(from, on, instead, name, windowBytes);
    }

    /** The same under another name; null for none. */
    public SubscribeOptions name(String newName) {
        return new SubscribeOptions(from, on, bookmarkNotFound, newName, windowBytes);
    }

    /** The same with another window; zero for the default. */
    public SubscribeOptions windowBytes(int bytes) {
        return new SubscribeOptions(from, on, bookmarkNotFound, name, bytes);
    }

    private static void checkName(String name) {
        try {
            ClientNames.encode(name);
        } catch (final TautwireException e) {
            throw new TautwireException(e.code(), "subscription name: " + e.detail(), e);
        }
    }
}
