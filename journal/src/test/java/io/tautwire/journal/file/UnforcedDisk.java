package io.tautwire.journal.file;

/** The machine's own files, never forced: for tests that make very many, and do not go down. */
final class UnforcedDisk extends DiskInFront {
    private final String bootId;

    UnforcedDisk() {
        this(Disk.system().bootId());
    }

    /** On a machine that was restarted. */
    UnforcedDisk(String bootId) {
        super(Disk.system());
        this.bootId = bootId;
    }

    @Override
    void force(Forcing forcing) {}

    @Override
    public String bootId() {
        return bootId;
    }
}
