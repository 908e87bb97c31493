package io.tautwire.journal.file;

import java.io.IOException;
import java.util.Objects;

/** Somebody else holds the lock. */
public final class DiskLockedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String holder;

    /**
     * A refusal.
     *
     * @param holder who holds it, in their own words; empty if that cannot be read.
     */
    public DiskLockedException(String holder) {
        super("held by: " + holder);
        this.holder = Objects.requireNonNull(holder, "holder");
    }

    /** Who holds it, in their own words; empty if that cannot be read. */
    public String holder() {
        return holder;
    }
}
