package io.tautwire.server.internal.broker.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetentionTest {
    private static final int SEGMENT = 4096;
    private static final long ALL = Long.MAX_VALUE;

    private final List<Long> written = new ArrayList<>();
    private final Snapshots snapshots =
            new Snapshots(SEGMENT, 0, tail -> new byte[8], (position, bytes) -> written.add(position));

    @Test
    void keepsSoManyBytesAndWholeSegments() {
        final Retention retention = new Retention(new RetentionLimits(10_000, ALL), SEGMENT);
        assertEquals(0, retention.releaseTo(10_000, 0, ALL));
        assertEquals(0, retention.releaseTo(14_095, 0, ALL));
        assertEquals(SEGMENT, retention.releaseTo(14_096, 0, ALL));
    }

    @Test
    void keepsWhatIsNeededWhateverTheLimits() {
        final Retention retention = new Retention(new RetentionLimits(1, ALL), SEGMENT);
        assertEquals(2 * SEGMENT, retention.releaseTo(100_000, 0, 3 * SEGMENT - 8));
    }

    @Test
    void letsGoWhatIsTooOld() {
        final Retention retention = new Retention(new RetentionLimits(ALL, 500), SEGMENT);
        assertEquals(1500, retention.tooOldNs(2000));
        assertEquals(3 * SEGMENT, retention.releaseTo(100_000, 3 * SEGMENT, ALL));
    }

    @Test
    void keepsEverythingUnlessTold() {
        final Retention retention = new Retention(RetentionLimits.NONE, SEGMENT);
        assertEquals(Long.MIN_VALUE, retention.tooOldNs(2000));
        assertEquals(0, retention.releaseTo(1L << 50, 0, ALL));
    }

    @Test
    void aSnapshotIsWrittenOnceTheJournalIsForced() {
        snapshots.onProgress(SEGMENT - 8, SEGMENT - 8);
        snapshots.onProgress(5000, 4999);
        assertEquals(List.of(), written);
        snapshots.onProgress(50_000, 5000);
        assertEquals(List.of(5000L), written);
        snapshots.onProgress(60_000, 60_000);
        assertEquals(List.of(5000L), written, "one at a time");
        snapshots.onWritten(5000);
        snapshots.onProgress(60_000, 60_000);
        assertEquals(List.of(5000L, 60_000L), written);
    }

    @Test
    void theJournalIsKeptForTheLastButOneWhichServesWhenTheLastCannotBeRead() {
        snapshots.onProgress(5000, 5000);
        snapshots.onWritten(5000);
        assertEquals(0, snapshots.needed());
        snapshots.onProgress(60_000, 60_000);
        assertEquals(0, snapshots.needed(), "not before the next one outlives the process");
        snapshots.onWritten(60_000);
        assertEquals(5000, snapshots.needed());
    }

    @Test
    void aSnapshotThatFailsIsFollowedByTheNext() {
        snapshots.onProgress(5000, 5000);
        snapshots.onFailed();
        snapshots.onProgress(6000, 6000);
        assertEquals(List.of(5000L), written);
        snapshots.onProgress(10_000, 10_000);
        assertEquals(List.of(5000L, 10_000L), written);
        assertEquals(0, snapshots.needed());
    }
}
