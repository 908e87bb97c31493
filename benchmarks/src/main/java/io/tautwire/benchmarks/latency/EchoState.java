package io.tautwire.benchmarks.latency;

import io.tautwire.benchmarks.process.Child;
import io.tautwire.benchmarks.process.EchoProcess;
import io.tautwire.benchmarks.process.UriTemplate;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.agrona.CloseHelper;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A blocking socket to a process that echoes, and the frames to send. */
@State(Scope.Thread)
public class EchoState {
    /** Frames in a batch. */
    static final int BATCH = 64;

    /** More at once would have both sides write, and neither read, where a frame is long. */
    private static final int MOST_AT_ONCE = 32 * 1024;

    /** Where a row connects to: only how its bytes travel matters here. TLS has its baseline in plain TCP. */
    @Param({"tcp://127.0.0.1:0", "unix:///"})
    public String uri;

    /** Bytes of the body within the frame. */
    @Param("128")
    public int bodyLength;

    ByteBuffer frame;
    ByteBuffer frames;

    private ByteBuffer answer;
    private Child peer;
    private SocketChannel channel;

    /** Starts the process and connects. */
    @Setup
    public void connect() throws IOException {
        frame = Names.frame(Names.body(bodyLength));
        frames = ByteBuffer.allocateDirect(BATCH * frame.capacity());
        for (int i = 0; i < BATCH; i++) {
            frames.put(frame.duplicate());
        }
        answer = ByteBuffer.allocateDirect(MOST_AT_ONCE);
        try {
            peer = EchoProcess.start(new UriTemplate(uri).isUnix(), duty());
            channel = EchoProcess.connect(peer);
        } catch (IOException | RuntimeException | Error e) {
            end();
            throw e;
        }
    }

    EchoProcess.Duty duty() {
        return EchoProcess.Duty.ECHO;
    }

    /** Writes all of a buffer and reads as much, in pieces where it is long. */
    final int exchange(ByteBuffer bytes) throws IOException {
        for (int at = 0; at < bytes.capacity(); at += MOST_AT_ONCE) {
            final int length = Math.min(MOST_AT_ONCE, bytes.capacity() - at);
            write(bytes, at, length);
            answer.clear().limit(length);
            while (answer.hasRemaining()) {
                if (channel.read(answer) < 0) {
                    throw new EOFException("the echo is gone");
                }
            }
        }
        return bytes.capacity();
    }

    /** Writes a part of a buffer. */
    final void write(ByteBuffer bytes, int offset, int length) throws IOException {
        bytes.limit(offset + length).position(offset);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Disconnects, and ends the process. */
    @TearDown
    public void end() {
        CloseHelper.closeAll(channel, peer);
    }

    /** The same, to a process that reads and says nothing. */
    @State(Scope.Thread)
    public static class Discarded extends EchoState {
        @Override
        EchoProcess.Duty duty() {
            return EchoProcess.Duty.DISCARD;
        }
    }
}
