package io.tautwire.journal.file;

import static io.tautwire.codec.sbe.Code.CONFIGURATION_INVALID;

import io.tautwire.TautwireException;
import io.tautwire.journal.JournalConfig;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.agrona.BitUtil;

/**
 * What a journal in files is from its creation on; it never changes.
 *
 * @param kind          what it is for.
 * @param journalId     random id; with epoch and position it makes a bookmark.
 * @param segmentLength bytes of a segment: a power of two.
 * @param clientName    whose publish store it is; empty for a server's journal.
 * @param incarnation   random id of the publish store; 0 for a server's journal.
 */
public record JournalIdentity(
        JournalKind kind, long journalId, int segmentLength, String clientName, long incarnation) {
    /** Longest client name, in bytes of UTF-8. */
    static final int MAX_CLIENT_NAME_BYTES = 1024;

    /**
     * Checks what is given.
     *
     * @throws TautwireException CONFIGURATION_INVALID if a segment cannot be as long, or a name is missing or too long.
     */
    public JournalIdentity {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(clientName, "clientName");
        if (segmentLength < JournalConfig.MIN_SEGMENT_LENGTH
                || segmentLength > JournalConfig.MAX_SEGMENT_LENGTH
                || !BitUtil.isPowerOfTwo(segmentLength)) {
            throw new TautwireException(
                    CONFIGURATION_INVALID,
                    "segmentLength=" + segmentLength + " is not a power of two from " + JournalConfig.MIN_SEGMENT_LENGTH
                            + " to " + JournalConfig.MAX_SEGMENT_LENGTH + "; give one that the longest frame fits in");
        }
        if (clientName.isEmpty() == (kind == JournalKind.STORE)
                || clientName.getBytes(StandardCharsets.UTF_8).length > MAX_CLIENT_NAME_BYTES) {
            throw new TautwireException(
                    CONFIGURATION_INVALID,
                    "clientName=" + clientName + " kind=" + kind + "; give a publish store a name of 1 to "
                            + MAX_CLIENT_NAME_BYTES + " bytes, and a server's journal none");
        }
    }
}
