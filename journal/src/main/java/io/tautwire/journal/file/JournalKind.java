package io.tautwire.journal.file;

/** What a journal in files is for. A directory is opened only as what it was made for. */
public enum JournalKind {
    /** A server's journal: stamped frames of many publishers. */
    SERVER(1),
    /** A client's publish store: the commands of one incarnation, in the order of their sequences. */
    STORE(2),
    /** A client's bookmark store: stamped records of what named subscriptions received and discarded. */
    BOOKMARKS(3);

    private final int number;

    JournalKind(int number) {
        this.number = number;
    }

    /** What stands for it in {@code journal.meta}. */
    public int number() {
        return number;
    }

    /** The kind with this number, or null. */
    static JournalKind of(int number) {
        for (final JournalKind kind : values()) {
            if (kind.number == number) {
                return kind;
            }
        }
        return null;
    }
}
