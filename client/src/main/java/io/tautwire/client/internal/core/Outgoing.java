package io.tautwire.client.internal.core;

import io.tautwire.codec.sbe.Code;
import io.tautwire.transport.wire.OutputBuffer;
import io.tautwire.transport.wire.Wire;
import org.agrona.DirectBuffer;

/**
 * The order in which a session's bytes leave: control frames first, but only between frames; then commands, straight
 * from the publish store's memory, at most {@link #MAX_WRITE} bytes a write so that control frames need not wait long.
 */
final class Outgoing {
    /** Most bytes of commands in one write. */
    static final int MAX_WRITE = 256 * 1024;

    private static final int CONTROL_INITIAL = 16 * 1024;
    private static final int CONTROL_MAX = 1024 * 1024;

    private final Wire wire;
    private final SendRight right;
    private final SessionCounters counters;
    private final OutputBuffer output = new OutputBuffer(CONTROL_INITIAL, CONTROL_MAX);
    private final ControlFrames control;
    private final CommandChunks chunks;

    private boolean commandsOpen;
    private boolean goingBack;
    private long backPosition;
    private long backSequence;
    private boolean finishing;
    private boolean peerDead;
    private boolean closed;

    private boolean writeUnderWay;
    private boolean draining;
    private int chunkTaken;
    private int chunkLeft;
    private long writes;

    Outgoing(Wire wire, String clientName, CommandStore store, SendRight right, SessionCounters counters) {
        this.wire = wire;
        this.right = right;
        this.counters = counters;
        this.control = new ControlFrames(output, clientName, store.incarnation());
        this.chunks = new CommandChunks(store);
    }

    /** To write frames other than commands; they leave with the next {@link #flush}. */
    ControlFrames control() {
        return control;
    }

    /** Commands may leave from now on, beginning at a position of the store. */
    void openCommands(long position, long sentSequence, int serverMaxFrame) {
        chunks.open(position, sentSequence, serverMaxFrame);
        commandsOpen = true;
    }

    /**
     * No command leaves any more, but for the rest of a chunk that is under way, until {@link #resumeCommands()}; then
     * what comes after another command leaves again.
     */
    void holdCommands(long position, long sentSequence) {
        commandsOpen = false;
        goingBack = true;
        backPosition = position;
        backSequence = sentSequence;
        goBackBetweenChunks();
    }

    /** Ends {@link #holdCommands}. */
    void resumeCommands() {
        commandsOpen = true;
    }

    /** Last sequence handed to the wire, or known to be with the server; zero before {@link #openCommands}. */
    long sentSequence() {
        return goingBack ? backSequence : chunks.sentSequence();
    }

    /** The highest {@link #sentSequence} there was. */
    long highestSent() {
        return chunks.highestSent();
    }

    /** Writes so far: tells whether anything left since it was asked before. */
    long writes() {
        return writes;
    }

    /** Begins no more commands; closes the wire when the control frames are out. */
    void finish() {
        finishing = true;
    }

    /** The peer is taken for dead: when the wire closes, nothing waits for it. */
    void giveUpPeer() {
        peerDead = true;
    }

    /** Closes the wire, whatever is left to write. */
    void closeWire() {
        if (peerDead) {
            wire.abort();
        } else {
            wire.close();
        }
    }

    /** The wire has ended. */
    void close() {
        closed = true;
        chunks.close();
    }

    /** Writes what there is, as far as the wire takes it. */
    void flush() {
        if (draining || !right.take()) {
            return;
        }
        boolean done;
        do {
            draining = true;
            try {
                drain();
            } finally {
                draining = false;
            }
            // Before the logon and after the end the right is kept, so that publishers do not try to pass it on.
            done = writeUnderWay || !commandsOpen || finishing || closed || right.release(chunks.sentSequence());
        } while (!done);
    }

    /** The wire took so many bytes; the write is over. The caller flushes. */
    void onWritten(int lengthBytes) {
        writeUnderWay = false;
        if (chunkLeft == 0) {
            output.onWritten(lengthBytes);
            return;
        }
        chunkTaken += lengthBytes;
        chunkLeft -= lengthBytes;
        if (chunkLeft == 0) {
            chunks.taken();
            goBackBetweenChunks();
        }
    }

    /** Wires may complete a write before it returns, so this is a loop and not a chain of completions. */
    private void drain() {
        boolean more = true;
        while (more && !writeUnderWay && !closed) {
            if (chunkLeft > 0) {
                write(chunks.buffer(), chunks.offset() + chunkTaken, chunkLeft);
            } else if (output.beginWrite()) {
                write(output.writeBuffer(), output.writeOffset(), output.writeLength());
            } else if (finishing) {
                closeWire();
                more = false;
            } else {
                more = commandsOpen && !goingBack && beginChunk();
            }
        }
    }

    /** Whether the loop should look again for what to write. */
    private boolean beginChunk() {
        final int commands = chunks.next(MAX_WRITE);
        if (commands == CommandChunks.GIVE_UP) {
            // The buffer is empty here, so there is always room.
            control.skip(chunks.sentSequence() + 1, Code.MESSAGE_TOO_LARGE);
            chunks.passOver();
            return true;
        }
        chunkTaken = 0;
        chunkLeft = chunks.length();
        counters.sent.add(commands);
        return commands > 0;
    }

    private void goBackBetweenChunks() {
        if (goingBack && chunkLeft == 0) {
            goingBack = false;
            chunks.goTo(backPosition, backSequence);
        }
    }

    private void write(DirectBuffer buffer, int offset, int length) {
        writeUnderWay = true;
        writes++;
        wire.write(buffer, offset, length);
    }
}
