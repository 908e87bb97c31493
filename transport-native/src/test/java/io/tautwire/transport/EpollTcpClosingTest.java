package io.tautwire.transport;

import io.tautwire.transport.connection.Io;

class EpollTcpClosingTest extends TcpClosingContract {
    @Override
    Io io() {
        return Io.EPOLL;
    }
}
