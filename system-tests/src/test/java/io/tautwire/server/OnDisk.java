package io.tautwire.server;

import io.tautwire.journal.file.Disk;
import java.nio.file.Path;

/** Servers on disks that are not the machine's own, which only tests have. */
public final class OnDisk {
    private OnDisk() {}

    /** A server whose data directory is on a disk; its segments are of 1 MiB. */
    public static ServerBuilder of(ServerBuilder builder, Disk disk) {
        return builder.dataDirectory(Path.of("/data")).disk(disk).segmentBytes(1 << 20);
    }
}
