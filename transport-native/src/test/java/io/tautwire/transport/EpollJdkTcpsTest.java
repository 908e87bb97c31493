package io.tautwire.transport;

import io.tautwire.transport.connection.Io;

class EpollJdkTcpsTest extends TlsTransportContract {
    @Override
    Io io() {
        return Io.EPOLL;
    }

    @Override
    String provider() {
        return "jdk";
    }
}
