package io.tautwire.transport;

import io.tautwire.transport.connection.Io;

class NioUnixTest extends UnixTransportContract {
    @Override
    Io io() {
        return Io.NIO;
    }
}
