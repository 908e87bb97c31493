package io.tautwire.transport;

import io.tautwire.transport.connection.Io;

class NioTcpTest extends TcpTransportContract {
    @Override
    Io io() {
        return Io.NIO;
    }
}
