package io.tautwire.transport;

import io.tautwire.transport.connection.Io;

class NioJdkTcpsTest extends TlsTransportContract {
    @Override
    Io io() {
        return Io.NIO;
    }

    @Override
    String provider() {
        return "jdk";
    }
}
