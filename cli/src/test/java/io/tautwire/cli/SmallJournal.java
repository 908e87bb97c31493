package io.tautwire.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tautwire.codec.FrameChecksum;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.FrameWriter;
import io.tautwire.codec.MessagePrefix;
import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.PublisherEncoder;
import io.tautwire.codec.sbe.PublisherState;
import io.tautwire.codec.sbe.RefusedEncoder;
import io.tautwire.journal.Journal;
import io.tautwire.journal.file.FileJournal;
import io.tautwire.journal.file.FileJournalConfig;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;

/** Makes journals of few and short segments, as a server and a client would write them. */
final class SmallJournal implements AutoCloseable {
    static final int SEGMENT = 4096;
    static final long INCARNATION = 0x1c;

    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);

    private final FileJournal files;
    private final boolean isStamped;
    private final FrameChecksum checksum = new FrameChecksum();
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[SEGMENT]);
    private final MessagePrefix prefix = MessagePrefix.builder()
            .clientName("one")
            .incarnation(INCARNATION)
            .topic("a/b")
            .build();
    private long sequence;

    private SmallJournal(FileJournal files, boolean isStamped) {
        this.files = files;
        this.isStamped = isStamped;
    }

    static SmallJournal server(Path directory) {
        return new SmallJournal(
                FileJournal.open(FileJournalConfig.server(directory, 0x5e).segmentLength(SEGMENT)), true);
    }

    static SmallJournal store(Path directory) {
        return new SmallJournal(
                FileJournal.open(FileJournalConfig.store(directory, 0x57, "one", INCARNATION)
                        .segmentLength(SEGMENT)),
                false);
    }

    /** A server's journal with a publisher, so many messages, and the refusal of another. */
    static void writeServer(Path directory, int messages) {
        try (SmallJournal journal = server(directory)) {
            journal.publisher();
            for (int i = 0; i < messages; i++) {
                journal.message("body " + i);
            }
            journal.refused();
        }
    }

    FileJournal files() {
        return files;
    }

    void publisher() {
        final PublisherEncoder encoder = new FrameWriter().begin(new PublisherEncoder(), frame, 0);
        encoder.incarnation(INCARNATION)
                .lastSequence(sequence)
                .state(PublisherState.OPEN)
                .clientName("one")
                .user("alice");
        new FrameWriter().end(encoder, FrameDescriptor.FLAG_STAMPED);
        append();
    }

    void refused() {
        final RefusedEncoder encoder = new FrameWriter().begin(new RefusedEncoder(), frame, 0);
        encoder.incarnation(INCARNATION)
                .sequence(++sequence)
                .code(Code.TOPIC_INVALID)
                .clientName("one")
                .reason("because");
        new FrameWriter().end(encoder, FrameDescriptor.FLAG_STAMPED);
        append();
    }

    void message(String body) {
        message(body.getBytes(UTF_8));
    }

    void message(byte[] body) {
        prefix.put(frame, 0);
        frame.putBytes(prefix.bodyOffset(), body);
        prefix.finish(frame, 0, ++sequence, body.length, checksum);
        append();
    }

    private void append() {
        final int length = FrameDescriptor.length(frame, 0);
        final Journal journal = files.journal();
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        long position = journal.claim(length);
        while (position < 0) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError("no room: " + position);
            }
            LockSupport.parkNanos(100_000);
            position = journal.claim(length);
        }
        journal.claimBuffer().putBytes(journal.claimOffset(), frame, 0, FrameDescriptor.aligned(length));
        if (isStamped) {
            checksum.stamp(journal.claimBuffer(), journal.claimOffset(), position, 1_000_000_000L + position);
        }
        journal.commit(length);
    }

    /** Ends as a process does that is killed, when all is on the disk. */
    void abandon() {
        final Journal journal = files.journal();
        journal.force();
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (journal.forced() < journal.tail()) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError("not forced");
            }
            LockSupport.parkNanos(100_000);
        }
        files.abandon();
    }

    @Override
    public void close() {
        files.close();
    }
}
