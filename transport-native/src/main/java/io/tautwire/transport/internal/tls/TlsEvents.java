package io.tautwire.transport.internal.tls;

import io.netty.channel.Channel;
import io.tautwire.TautwireException;

/** What becomes of one connection's handshake: one of the two, once, on the loop's thread. */
public interface TlsEvents {
    /**
     * The handshake is done; the handlers behind TLS see the channel active right after this, if it is wanted.
     *
     * @param certificateUser common name of the client's verified certificate, at the server; empty for none.
     * @return whether it is still wanted; if not, it is closing, and the handlers behind TLS never see it.
     */
    boolean onSecured(String certificateUser);

    /**
     * The handshake failed; the channel closes by itself.
     *
     * @param failure TLS_FAILED with the reason in words, and the provider's exception as its cause.
     */
    void onFailed(Channel channel, TautwireException failure);
}
