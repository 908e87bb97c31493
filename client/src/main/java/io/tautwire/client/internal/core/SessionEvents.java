package io.tautwire.client.internal.core;

import io.tautwire.codec.MessageView;
import io.tautwire.codec.sbe.Code;

/** What becomes of a session, told to its owner on the thread that steps it. Must not throw. */
public interface SessionEvents {
    /** The server accepted the logon; unsent commands go out from now on. */
    void onLoggedOn(SessionInfo info);

    /**
     * The server accepted the logon, but lacks commands that the store has already released: sequences
     * {@code fromSequence} to {@code toSequence} are lost to it. Comes right before {@link #onLoggedOn}.
     *
     * @return whether to go on; if not, the session ends with PUBLISH_GAP and was never logged on.
     */
    boolean onPublishGap(long fromSequence, long toSequence);

    /**
     * The server has no room for commands from a sequence on. They stay outstanding, and are sent again after a pause
     * that grows. Does nothing unless overridden.
     *
     * @param fromSequence first command that was not taken.
     * @param reason       the server's text; may be empty.
     */
    default void onStorageFull(long fromSequence, String reason) {}

    /**
     * A message all of whose subscriptions ended while it was under way; valid during the call.
     *
     * @param isRendered whether the server made its body readable, so that it is not what was published.
     */
    void onUnclaimed(MessageView message, boolean isRendered);

    /**
     * Messages, or one, were given to their handlers, which may have taken long, and more may be waiting: the moment to
     * call {@link ClientSession#onBusy}. Does nothing unless overridden, for owners whose handlers are quick.
     */
    default void onDelivering() {}

    /**
     * The session is over, once, also when it never logged on. Its subscriptions have been told before.
     *
     * @param code   OK when this side asked for it; else the peer's reason or what was found wrong.
     * @param reason text to the code; may be empty.
     * @param cause  what broke the connection, or null.
     */
    void onEnded(Code code, String reason, Throwable cause);
}
