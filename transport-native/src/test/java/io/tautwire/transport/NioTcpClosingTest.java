package io.tautwire.transport;

import io.tautwire.transport.connection.Io;

class NioTcpClosingTest extends TcpClosingContract {
    @Override
    Io io() {
        return Io.NIO;
    }
}
