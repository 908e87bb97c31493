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

    CompletableFuture<Subscription> subscribeAsync(String pattern, MessageHandler handler) {
        return begin(pattern, handler).confirmed();
    }

    Subscription subscribe(String pattern, MessageHandler handler) {
        receiveThread.checkMayWait("subscribe", "subscribeAsync");
        final HandlerBinding binding = begin(pattern, handler);
        return await(pattern, binding.confirmed(), binding.link());
    }

    private HandlerBinding begin(String pattern, MessageHandler handler) {
        Objects.requireNonNull(handler, "handler");
        final byte[] bytes = checked(pattern);
        final SubscriptionLink link = link();
        final HandlerBinding binding = new HandlerBinding(pattern, link, handler, faults);
        link.subscribe(Interest.live(bytes, config.windowBytes()), binding);
        return binding;
    }

    MessageStream stream(String pattern, StreamConfig streamConfig) {
        receiveThread.checkMayWait("stream", "subscribeAsync");
        final byte[] bytes = checked(pattern);
        final SubscriptionLink link = link();
        final StreamBuffer buffer = new StreamBuffer(
                link, streamConfig.windowBytes(), sessions.target().maxFrame());
        final StreamBinding binding = new StreamBinding(pattern, link, buffer, faults);
        link.subscribe(Interest.live(bytes, streamConfig.windowBytes()), binding);
        await(pattern, binding.confirmed(), link);
        return new MessageStream(pattern, link, buffer, binding, receiveThread, streamConfig.timeout());
    }

    /** Waits for the server's word. A caller who goes without it has no subscription to close, so none may be left. */
    private <T> T await(String pattern, CompletableFuture<T> confirmed, SubscriptionLink link) {
        try {
            return Waits.get(confirmed, config.commandTimeoutNs(), () -> late(pattern));
        } catch (TautwireException e) {
            link.abandon();
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
