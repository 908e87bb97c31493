package io.tautwire.transport;

import io.tautwire.transport.connection.Io;

class EpollTcpTest extends TcpTransportContract {
    @Override
    Io io() {
        return Io.EPOLL;
    }
}
