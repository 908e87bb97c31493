package io.tautwire.transport;

import io.tautwire.transport.connection.Io;

class EpollUnixTest extends UnixTransportContract {
    @Override
    Io io() {
        return Io.EPOLL;
    }
}
