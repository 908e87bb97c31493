package io.tautwire.transport;

import io.tautwire.transport.connection.Io;

class EpollOpensslTcpsTest extends TlsTransportContract {
    @Override
    Io io() {
        return Io.EPOLL;
    }

    @Override
    String provider() {
        return "openssl";
    }
}
