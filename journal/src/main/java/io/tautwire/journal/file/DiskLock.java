package io.tautwire.journal.file;

import java.io.IOException;

/** A lock that is held: see {@link Disk#lock}. */
public interface DiskLock extends AutoCloseable {
    /** Lets others take it. Idempotent. */
    @Override
    void close() throws IOException;
}
