package io.tautwire.transport;

import io.tautwire.transport.connection.Io;

class EpollTcpOptionsTest extends TcpOptionsContract {
    @Override
    Io io() {
        return Io.EPOLL;
    }
}
