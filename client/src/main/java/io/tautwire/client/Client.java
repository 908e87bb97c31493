package io.tautwire.client;

import io.tautwire.TautwireException;
import io.tautwire.client.internal.Waits;
import io.tautwire.client.internal.core.SessionInfo;
import io.tautwire.codec.JvmFlag;
import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.transport.connection.ConnectionString;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.agrona.DirectBuffer;

/**
 * A publisher and subscriber: one client name, one publish store, one session at a time.
 *
 * <pre>{@code
 * try (Client client = Client.connect("tcp://localhost:9007", "pricer-1")) {
 *     client.subscribe("trades/#", message -> System.out.println(message.bodyText()));
 *     client.publish("trades/BTCUSD", "{\"px\":800.01}");
 *     client.publishFlush(Duration.ofSeconds(5));
 * }
 * }</pre>
 *
 * <p>Any thread may call anything. Handlers run on the receive thread, one per session; a call that would wait for that
 * thread fails on it at once with WOULD_DEADLOCK and names the form that does not wait. What is published is kept until
 * the server has acknowledged or refused it: it is sent again in the next session, and neither lost nor doubled by
 * that. {@link #close()} gives it up.
 *
 * <p>A session that is lost comes back by itself, as {@link ReconnectPolicy} says: the hosts of the connection string
 * are tried in order, the same authenticator logs on, and subscriptions and streams go on behind the last message they
 * had. It does not come back when it is no use (a refused logon, say) or would harm another one (SESSION_REPLACED),
 * after {@link #disconnect()}, and with {@code reconnect=false} in the connection string.
 */
public final class Client implements AutoCloseable {
    private final ClientParts parts;

    /**
     * A client with all defaults, not connected.
     *
     * @param name 1 to 255 bytes of UTF-8 without control characters: the identity of what it publishes.
     * @throws TautwireException JVM_FLAG_MISSING, NAME_INVALID.
     */
    public Client(String name) {
        this(new ClientConfig(name));
    }

    /**
     * A client, not connected.
     *
     * @throws TautwireException JVM_FLAG_MISSING, NAME_INVALID, CONFIGURATION_INVALID naming all faults.
     */
    public Client(ClientConfig config) {
        JvmFlag.check();
        parts = new ClientParts(config.conclude());
    }

    /**
     * Makes a client, connects it and logs it on.
     *
     * @param uri  connection string.
     * @param name client name; null to take the connection string's {@code name}.
     * @throws TautwireException as {@link #connect(String)}, {@link #logon()}; NAME_INVALID without a name. Nothing is
     *                           left open then.
     */
    public static Client connect(String uri, String name) {
        JvmFlag.check();
        final ConnectionString target = ConnectionString.parse(uri);
        target.requireSupported();
        final Client client = new Client(new ClientConfig(name == null ? target.name() : name).storeOf(target));
        try {
            client.connect(target);
            client.logon();
            return client;
        } catch (Throwable t) {
            client.close();
            throw t;
        }
    }

    /**
     * Connects; waits for it, per host as long as {@code connect_timeout} says. Where {@link ClientConfig#store}
     * was not given, the bound of the publish store is the string's {@code store_size} from then on: what is in the
     * store stays there, and while that is more than the bound, nothing more is taken.
     *
     * @param uri connection string; its {@code name} is not used, for this client has one.
     * @return this client, to log on.
     * @throws TautwireException CONFIGURATION_INVALID naming every fault of the string, also when connected already;
     *                           CONNECT_FAILED with the system's exception as its cause; IO_UNAVAILABLE; CLOSED;
     *                           INTERRUPTED; TIMED_OUT while a handler of the session before has not returned;
     *                           WOULD_DEADLOCK on the receive thread.
     */
    public Client connect(String uri) {
        return connect(ConnectionString.parse(uri));
    }

    /** As {@link #connect(String)}. */
    public Client connect(ConnectionString target) {
        parts.connect(target);
        return this;
    }

    /** As {@link #connectInBackground(String, Authenticator)}, with {@link Authenticator#password()}. */
    public Client connectInBackground(String uri) {
        return connectInBackground(uri, Authenticator.password());
    }

    /**
     * Connects and logs on without waiting for it: the first session is tried for as one that was lost, until there is
     * one, {@link ReconnectPolicy} gives up, or a failure is final. Until then publishing goes into the store, and
     * subscribing waits. The {@link ConnectionStateListener} is told how it goes.
     *
     * @return this client.
     * @throws TautwireException CONFIGURATION_INVALID naming every fault of the string, also when there is a session or
     *                           one comes; CLOSED.
     */
    public Client connectInBackground(String uri, Authenticator authenticator) {
        return connectInBackground(ConnectionString.parse(uri), authenticator);
    }

    /** As {@link #connectInBackground(String, Authenticator)}. */
    public Client connectInBackground(ConnectionString target, Authenticator authenticator) {
        parts.connectInBackground(target, authenticator);
        return this;
    }

    /** As {@link #logon(Authenticator)}, with {@link Authenticator#password()}. */
    public void logon() {
        logon(Authenticator.password());
    }

    /**
     * Logs on; waits for it as long as {@code logon_timeout} says. What the store holds and the server lacks is sent
     * from now on. When the session is lost later, another one is made with the same authenticator, unless the
     * connection string says {@code reconnect=false}.
     *
     * @throws TautwireException the server's code, such as AUTHENTICATION_FAILED, NAME_IN_USE or MESSAGE_TYPE_REFUSED;
     *                           LOGON_TIMEOUT; NOT_CONNECTED; DISCONNECTED; CLOSED; WOULD_DEADLOCK on the receive
     *                           thread.
     */
    public void logon(Authenticator authenticator) {
        parts.logon(authenticator);
    }

    /**
     * Ends the session, if there is one, and attempts to have one; waits for that, at most a few seconds, unless called
     * on the receive thread or by a {@link ConnectionStateListener}. Subscriptions end; what is published and not
     * acknowledged stays in the store, and publishing goes on there. No session follows by itself.
     */
    public void disconnect() {
        parts.sessions.disconnect();
    }

    /**
     * Ends the session and this client, for good. Who waits in it gets CLOSED. What is not acknowledged is given up:
     * use {@link #publishFlush(Duration)} before. Bounded; idempotent.
     */
    @Override
    public void close() {
        parts.close();
    }

    /**
     * Closes in order: takes nothing more, waits until what is published is acknowledged or refused, over sessions that
     * come and go, and closes as {@link #close()}.
     *
     * @param timeout how long to wait; zero does not wait.
     * @return how many messages had no outcome when it closed, and are given up.
     * @throws TautwireException WOULD_DEADLOCK on the receive thread; nothing is closed then.
     */
    public long close(Duration timeout) {
        return parts.drain(Waits.nanos(timeout));
    }

    /** The client name. */
    public String name() {
        return parts.config.name();
    }

    /** Random id of this client's publish store. */
    public long incarnation() {
        return parts.store.incarnation();
    }

    /** What an acknowledgement promises, as of the last logon; null before the first. */
    public AckLevel ackLevel() {
        final SessionInfo info = parts.callbacks.info();
        return info == null ? null : info.ackLevel();
    }

    /** What carries the bytes: {@code epoll}, {@code kqueue} or {@code nio}; empty before the first connection. */
    public String io() {
        return parts.sessions.io();
    }

    /** The message type, as settled at the last logon; empty for none, and before the first. */
    public String messageType() {
        final SessionInfo info = parts.callbacks.info();
        return info == null ? "" : info.messageType();
    }

    /**
     * Prepares to publish on a topic; keep it, rather than ask for it each time.
     *
     * @throws TautwireException TOPIC_INVALID with the position of the fault.
     */
    public Publication publication(String topic) {
        return publication(PublicationSpec.of(topic));
    }

    /** As {@link #publication(String)}, with headers, a correlation id, a topic for answers. */
    public Publication publication(PublicationSpec spec) {
        return parts.publications.prepare(spec);
    }

    /**
     * Publishes text, as UTF-8. Convenient: it looks the topic's publication up, which it keeps for the first 1024
     * topics. As {@link Publication#publish(DirectBuffer, int, int)} otherwise.
     *
     * @return the sequence.
     */
    public long publish(String topic, CharSequence body) {
        return parts.publications.of(topic).publish(body);
    }

    /** As {@link #publish(String, CharSequence)}, with bytes. */
    public long publish(String topic, byte[] body) {
        return parts.publications.of(topic).publish(body);
    }

    /** As {@link #publish(String, CharSequence)}, with what remains in the buffer, which is left as it is. */
    public long publish(String topic, ByteBuffer body) {
        return parts.publications.of(topic).publish(body);
    }

    /** As {@link #publish(String, CharSequence)}, with a part of a buffer. */
    public long publish(String topic, DirectBuffer body, int offset, int length) {
        return parts.publications.of(topic).publish(body, offset, length);
    }

    /**
     * Waits without a bound until everything published before this call is acknowledged or refused; what is published
     * later is not waited for. Without a session it waits for the next one.
     *
     * @return how many went each way.
     * @throws TautwireException CLOSED; INTERRUPTED; WOULD_DEADLOCK on the receive thread: use
     *                           {@link #publishFlushAsync()} there.
     */
    public FlushResult publishFlush() {
        return parts.flush(Waits.FOREVER);
    }

    /**
     * As {@link #publishFlush()}, with a bound.
     *
     * @throws TautwireException also TIMED_OUT, saying how many are outstanding and from which sequence.
     */
    public FlushResult publishFlush(Duration timeout) {
        return parts.flush(Waits.nanos(timeout));
    }

    /**
     * As {@link #publishFlush()}, without waiting.
     *
     * @return completes on the receive thread; exceptionally with a {@link TautwireException} CLOSED.
     */
    public CompletableFuture<FlushResult> publishFlushAsync() {
        return parts.flushes.await(parts.store.lastCommitted()).thenApply(ClientParts::result);
    }

    /**
     * Subscribes, live from now, and waits until the server has confirmed: a message published after this returns is
     * delivered. Several subscriptions that match a message each get it. While a session that was lost is being brought
     * back this waits for it, too, as long as {@link ClientConfig#commandTimeout} says.
     *
     * @param pattern topic pattern: {@code +} stands for one level, {@code #} at the end for the rest.
     * @throws TautwireException PATTERN_INVALID with the position of the fault; NOT_CONNECTED; NOT_ENTITLED or
     *                           LIMIT_REACHED from the server; TIMED_OUT; DISCONNECTED; CLOSED; WOULD_DEADLOCK on the
     *                           receive thread: use {@link #subscribeAsync(String, MessageHandler)} there.
     */
    public Subscription subscribe(String pattern, MessageHandler handler) {
        return subscribe(pattern, SubscribeOptions.defaults(), handler);
    }

    /**
     * As {@link #subscribe(String, MessageHandler)}, from elsewhere, after more than reception, or under a name that a
     * {@link BookmarkStore} knows it by.
     *
     * @throws TautwireException also BOOKMARK_UNKNOWN if the server does not hold the place to begin at;
     *                           SUBSCRIPTION_INVALID if its durability does not offer the delivery point;
     *                           CONFIGURATION_INVALID for a name without a store; NAME_IN_USE for one that another
     *                           subscription has; what the bookmark store throws.
     */
    public Subscription subscribe(String pattern, SubscribeOptions options, MessageHandler handler) {
        return parts.subscriber.subscribe(pattern, options, handler);
    }

    /**
     * As {@link #subscribe(String, MessageHandler)}, without waiting. A bad pattern and the lack of a session are
     * thrown; what the server says comes by the future, which completes on the receive thread. The handler may be
     * called before it does.
     */
    public CompletableFuture<Subscription> subscribeAsync(String pattern, MessageHandler handler) {
        return subscribeAsync(pattern, SubscribeOptions.defaults(), handler);
    }

    /**
     * As {@link #subscribeAsync(String, MessageHandler)}, with options. A fault of the options or of the bookmark store
     * is thrown.
     */
    public CompletableFuture<Subscription> subscribeAsync(
            String pattern, SubscribeOptions options, MessageHandler handler) {
        return parts.subscriber.subscribeAsync(pattern, options, handler);
    }

    /** As {@link #stream(String, StreamConfig)}, with the defaults. */
    public MessageStream stream(String pattern) {
        return stream(pattern, StreamConfig.defaults());
    }

    /**
     * Subscribes for messages that are taken by a thread of the caller.
     *
     * @throws TautwireException as {@link #subscribe(String, MessageHandler)}.
     */
    public MessageStream stream(String pattern, StreamConfig config) {
        return stream(pattern, SubscribeOptions.defaults(), config);
    }

    /** As {@link #stream(String, SubscribeOptions, StreamConfig)}, with the defaults of a stream. */
    public MessageStream stream(String pattern, SubscribeOptions options) {
        return stream(pattern, options, StreamConfig.defaults());
    }

    /**
     * Subscribes with options for messages that are taken by a thread of the caller. A window in the options goes
     * before the one in the stream's configuration.
     *
     * @throws TautwireException as {@link #subscribe(String, SubscribeOptions, MessageHandler)}.
     */
    public MessageStream stream(String pattern, SubscribeOptions options, StreamConfig config) {
        return parts.subscriber.stream(pattern, options, config);
    }

    /** Replaces the listener of acknowledgements; null for none. */
    public void ackListener(AckListener listener) {
        parts.outcomes.ackListener(listener);
    }

    /** Replaces the handler that gets refused messages back; null for none. */
    public void failedPublishHandler(FailedPublishHandler handler) {
        parts.outcomes.failedPublishHandler(handler);
    }

    /**
     * Replaces the handler of messages that nobody is there for any more: those that were under way when the last
     * subscription they are for was closed. Null, which is the default, drops them; {@link ClientCounters#unclaimed()}
     * counts them either way.
     */
    public void lastChanceHandler(MessageHandler handler) {
        parts.callbacks.lastChanceHandler(handler);
    }

    /** Replaces the handler of faults; null has them logged, each kind at most once a minute. */
    public void errorHandler(ErrorHandler handler) {
        parts.faults.handler(handler);
    }

    /** Replaces the listener of sessions' ends; null for none. */
    public void sessionListener(SessionListener listener) {
        parts.callbacks.sessionListener(listener);
    }

    /** Replaces the listener of how this client stands to its server; null for none. */
    public void connectionStateListener(ConnectionStateListener listener) {
        parts.states.listener(listener);
    }

    /** Messages published that have no outcome yet. */
    public long outstanding() {
        return parts.counters.outstanding();
    }

    /** The lowest sequence without an outcome; the next one to be given out when there is none. */
    public long lowestOutstanding() {
        return parts.acknowledgements.lastOutcome() + 1;
    }

    /** The last sequence that has an outcome, as all before it have; zero when none has. */
    public long lastAcknowledged() {
        return parts.acknowledgements.lastOutcome();
    }

    /** What this client counts; the same object each time. */
    public ClientCounters counters() {
        return parts.counters;
    }

    @Override
    public String toString() {
        return "client=" + name();
    }
}
