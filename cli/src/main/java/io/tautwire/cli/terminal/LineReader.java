package io.tautwire.cli.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Lines as the bytes they are, without decoding and in bounded memory: of a line longer than the limit only the length
 * is kept. A line ends with {@code \n} or {@code \r\n}, which is not part of it; at the end of the input the line end
 * may be missing. One thread at a time.
 */
public final class LineReader {
    private static final int CHUNK_BYTES = 64 * 1024;

    private final InputStream in;
    private final int maxBytes;
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private int chunkAt;
    private int chunkEnd;
    private byte[] line = new byte[256];
    private long length;

    /**
     * Reads lines.
     *
     * @param in       where from.
     * @param maxBytes the longest line that is kept.
     */
    public LineReader(InputStream in, int maxBytes) {
        this.in = in;
        this.maxBytes = maxBytes;
    }

    /**
     * Reads the next line.
     *
     * @return false at the end of the input.
     * @throws IOException if the input cannot be read.
     */
    public boolean next() throws IOException {
        length = 0;
        boolean any = false;
        while (chunkAt < chunkEnd || fill()) {
            any = true;
            final int end = lineEnd();
            append(end - chunkAt);
            chunkAt = end;
            if (end < chunkEnd) {
                chunkAt++;
                dropCarriageReturn();
                return true;
            }
        }
        return any;
    }

    /**
     * The line's bytes from index 0; valid until the next call of {@link #next()}. Incomplete when {@link
     * #isTooLong()}.
     */
    public byte[] bytes() {
        return line;
    }

    /** The length of the line in bytes. */
    public long length() {
        return length;
    }

    /** True when the line exceeds the limit, so that its bytes were not kept. */
    public boolean isTooLong() {
        return length > maxBytes;
    }

    private boolean fill() throws IOException {
        chunkAt = 0;
        chunkEnd = Math.max(0, in.read(chunk));
        return chunkEnd > 0;
    }

    private int lineEnd() {
        int at = chunkAt;
        while (at < chunkEnd && chunk[at] != '\n') {
            at++;
        }
        return at;
    }

    /** One byte beyond the limit is kept, in case it is the carriage return of the line's end. */
    private void append(int count) {
        final int room = (int) Math.max(0, Math.min(count, maxBytes + 1L - length));
        final int needed = (int) Math.min(length, maxBytes + 1L) + room;
        if (needed > line.length) {
            line = Arrays.copyOf(line, Math.max(needed, (int) Math.min(line.length * 2L, maxBytes + 1L)));
        }
        System.arraycopy(chunk, chunkAt, line, needed - room, room);
        length += count;
    }

    private void dropCarriageReturn() {
        if (length > 0 && length <= maxBytes + 1L && line[(int) length - 1] == '\r') {
            length--;
        }
    }
}
