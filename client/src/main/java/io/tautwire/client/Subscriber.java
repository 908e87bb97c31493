package io.tautwire.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tautwire.TautwireException;
import io.tautwire.client.internal.ReceiveThread;
import io.tautwire.client.internal.Sessions;
import io.tautwire.client.internal.SharedSubscriptions;
import io.tautwire.client.internal.StreamBuffer;
import io.tautwire.client.internal.SubscriptionLink;
import io.tautwire.client.internal.Waits;
import io.tautwire.client.internal.core.Interest;
import io.tautwire.client.internal.core.Start;
import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.topic.TopicPattern;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** Makes subscriptions, in the session there is or the one that will come. */
final class Subscriber {
    private final ClientConfig config;
    private final Sessions sessions;
    private final SharedSubscriptions subscriptions;
    private final ReceiveThread receiveThread;
    private final Faults faults;

    Subscriber(
            ClientConfig config,
            Sessions sessions,
            SharedSubscriptions subscriptions,
            ReceiveThread receiveThread,
            Faults faults) {
        this.config = config;
        this.sessions = sessions;
        this.subscriptions = subscriptions;
        this.receiveThread = receiveThread;
        this.faults = faults;
    }

    CompletableFuture<Subscription> subscribeAsync(String pattern, SubscribeOptions options, MessageHandler handler) {
        return begin(pattern, options, handler).confirmed();
    }

    Subscription subscribe(String pattern, SubscribeOptions options, MessageHandler handler) {
        receiveThread.checkMayWait("subscribe", "subscribeAsync");
        final HandlerBinding binding = begin(pattern, options, handler);
        return await(pattern, binding.confirmed(), binding.link(), binding.keeper());
    }

    private HandlerBinding begin(String pattern, SubscribeOptions options, MessageHandler handler) {
        Objects.requireNonNull(handler, "handler");
        final byte[] bytes = checked(pattern);
        final SubscriptionLink link = link();
        final long windowBytes = options.windowBytes() == 0 ? config.windowBytes() : options.windowBytes();
        final BookmarkKeeper keeper = keeper(pattern, options, link, windowBytes);
        final HandlerBinding binding = new HandlerBinding(pattern, link, handler, keeper, faults);
        link.subscribe(new Interest(bytes, windowBytes, start(options, keeper), options.on()), binding);
        return binding;
    }

    MessageStream stream(String pattern, SubscribeOptions options, StreamConfig streamConfig) {
        receiveThread.checkMayWait("stream", "subscribeAsync");
        final byte[] bytes = checked(pattern);
        final SubscriptionLink link = link();
        final int windowBytes = options.windowBytes() == 0 ? streamConfig.windowBytes() : options.windowBytes();
        final BookmarkKeeper keeper = keeper(pattern, options, link, windowBytes);
        final StreamBuffer buffer =
                new StreamBuffer(link, windowBytes, sessions.target().maxFrame(), keeper != null);
        final StreamBinding binding = new StreamBinding(pattern, link, buffer, keeper, faults);
        link.subscribe(new Interest(bytes, windowBytes, start(options, keeper), options.on()), binding);
        await(pattern, binding.confirmed(), link, keeper);
        return new MessageStream(pattern, link, buffer, binding, keeper, receiveThread, streamConfig.timeout());
    }

    /** Takes the name up, if there is one. */
    private BookmarkKeeper keeper(String pattern, SubscribeOptions options, SubscriptionLink link, long windowBytes) {
        if (options.name() == null) {
            return null;
        }
        if (config.bookmarkStore() == null) {
            throw new TautwireException(
                    Code.CONFIGURATION_INVALID,
                    "client=" + config.name() + " subscription=" + options.name()
                            + ": there is no bookmark store to find the name in; give ClientConfig.bookmarkStore");
        }
        return BookmarkKeeper.begin(config.bookmarkStore(), pattern, options, link, windowBytes, faults);
    }

    private static Start start(SubscribeOptions options, BookmarkKeeper keeper) {
        return options.from().isLast()
                ? keeper.start(options.bookmarkNotFound())
                : options.from().start(options.bookmarkNotFound());
    }

    /** Waits for the server's word. A caller who goes without it has no subscription to close, so none may be left. */
    private <T> T await(String pattern, CompletableFuture<T> confirmed, SubscriptionLink link, BookmarkKeeper keeper) {
        try {
            return Waits.get(confirmed, config.commandTimeoutNs(), () -> late(pattern));
        } catch (TautwireException e) {
            link.abandon();
            BookmarkKeeper.end(keeper);
            throw e;
        }
    }

    private TautwireException late(String pattern) {
        return new TautwireException(
                Code.TIMED_OUT,
                "client=" + config.name() + " pattern=" + pattern + " commandTimeoutMs="
                        + config.commandTimeoutNs() / 1_000_000
                        + " passed without an answer to subscribe; raise it or look at the server");
    }

    private SubscriptionLink link() {
        sessions.checkMaySubscribe();
        return new SubscriptionLink(subscriptions, receiveThread, config.commandTimeoutNs());
    }

    private static byte[] checked(String pattern) {
        return TopicPattern.parse(pattern).text().getBytes(UTF_8);
    }
}
