package io.tautwire.transport;

import io.tautwire.transport.connection.Io;

class NioOpensslTcpsTest extends TlsTransportContract {
    @Override
    Io io() {
        return Io.NIO;
    }

    @Override
    String provider() {
        return "openssl";
    }
}
