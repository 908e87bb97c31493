package io.tautwire.system.sim;

import io.tautwire.journal.file.Disk;
import io.tautwire.journal.recovery.FrameVisitor;
import io.tautwire.transport.wire.WireHandler;

/**
 * The collaborators that a world is made of. These are the real ones; a {@link PlantedBug} puts another one in place of
 * one of them.
 */
class Parts {
    /** What a server's files are on. */
    Disk serverDisk(Disk disk) {
        return disk;
    }

    /** What the files of a client's store are on. */
    Disk clientDisk(Disk disk) {
        return disk;
    }

    /** What sees the frames that a server recovers. */
    FrameVisitor recoveryVisitor(FrameVisitor visitor) {
        return visitor;
    }

    /** The random id of a new publish store. */
    long incarnation(String clientName, Chance chance) {
        return chance.next();
    }

    /** What is stepped by the bytes that come to a client. */
    WireHandler clientEnd(ClientLife client, WireHandler session) {
        return session;
    }

    /** What is stepped by the bytes that come to a server. */
    WireHandler serverEnd(ServerLife server, WireHandler session) {
        return session;
    }
}
