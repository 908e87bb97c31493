package io.tautwire.server;

import java.nio.file.Path;

/**
 * What a server found in its data directory when it started.
 *
 * @param directory  that it is in.
 * @param head       position of the oldest message that it still has.
 * @param tail       position behind the newest.
 * @param frames     read, those besides messages included.
 * @param publishers whose sequences are remembered.
 * @param isClean    whether it was closed in order; if not, what was torn at the end was cut.
 * @param epoch      how often it was opened without having been closed in order.
 */
public record ServerRecovery(
        Path directory, long head, long tail, long frames, int publishers, boolean isClean, int epoch) {
    /** In one line. */
    @Override
    public String toString() {
        return "directory=" + directory + " head=" + head + " tail=" + tail + " frames=" + frames + " publishers="
                + publishers + " epoch=" + epoch + (isClean ? "" : " (it was not closed in order)");
    }
}
