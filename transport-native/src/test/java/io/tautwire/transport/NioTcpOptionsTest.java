package io.tautwire.transport;

import io.tautwire.transport.connection.Io;

class NioTcpOptionsTest extends TcpOptionsContract {
    @Override
    Io io() {
        return Io.NIO;
    }
}
