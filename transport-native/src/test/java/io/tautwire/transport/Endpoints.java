package io.tautwire.transport;

import io.tautwire.transport.connection.ConnectionString;
import java.io.IOException;
import java.nio.channels.ByteChannel;

/** What a scheme provides for its tests: where to listen, and who connects there. */
interface Endpoints {
    /** An address that is free. */
    ConnectionString listenAt();

    /** Where a client finds the listener. */
    ConnectionString targetOf(Listener listener);

    /** An address at which nobody listens. */
    ConnectionString nobody();

    /** A socket of the Java runtime's own connected to the listener, blocking. */
    ByteChannel plainSocket(Listener listener) throws IOException;
}
