package io.tautwire.client;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.tautwire.client.internal.core.ClientFrames;
import io.tautwire.client.internal.core.Peer;
import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.LogonEncoder;
import io.tautwire.transport.Listener;
import io.tautwire.transport.TransportLoop;
import io.tautwire.transport.connection.ConnectionString;
import io.tautwire.transport.connection.Io;
import io.tautwire.transport.wire.Wire;
import io.tautwire.transport.wire.WireHandler;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A server on a real socket that says what the test tells it to. By itself it only accepts logons and subscriptions,
 * unless told not to.
 */
final class ScriptedServer implements AutoCloseable {
    /** It sends no heartbeats: a busy machine must not make it look dead. */
    private static final int HEARTBEAT_MS = 60_000;

    private final TransportLoop loop = TransportLoop.start(Io.AUTO, "scripted-server");
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Listener listener;
    private volatile Conversation current;
    private volatile boolean silent;
    private volatile long lastAppended;
    private volatile long journalId = 0xABC;
    private volatile Code refusal;
    private volatile long confirmedBelow;
    private volatile int maxFrame = 1 << 20;

    ScriptedServer() {
        listener = loop.listen(ConnectionString.parseListener("tcp://127.0.0.1:0"), (wire, at) -> {
            current = new Conversation(wire);
            return current;
        });
    }

    String uri() {
        return "tcp://alice:secret@127.0.0.1:" + listener.port();
    }

    /** For rules about a session that is lost, and about what is lost with it. */
    String uriOfOneSession() {
        return uri() + "?reconnect=false";
    }

    int port() {
        return listener.port();
    }

    /** Which journal it has, as the next logon is told. */
    void journal(long id) {
        journalId = id;
    }

    /** Refuses the next logons. */
    void refuse(Code code) {
        refusal = code;
    }

    /** From now on it answers nothing by itself. */
    ScriptedServer silent() {
        silent = true;
        return this;
    }

    /** What the next logon is told. */
    void lastAppended(long sequence) {
        lastAppended = sequence;
    }

    /** What the next logon is told of outcomes that were told before. */
    void confirmedBelow(long sequence) {
        confirmedBelow = sequence;
    }

    /** What it takes, from the next logon on. */
    void maxFrame(int bytes) {
        maxFrame = bytes;
    }

    /** Says something to the client that connected last. */
    void say(Consumer<Peer> words) {
        final Conversation to = current;
        loop.execute(() -> to.say(words));
    }

    /** Breaks the connection, without a word. */
    void cut() {
        final Conversation to = current;
        loop.execute(() -> to.wire.close());
    }

    /** Waits for a frame that is told with these words at its beginning; those before it are dropped. */
    String await(String beginning) throws InterruptedException {
        String line = lines.poll(10, SECONDS);
        while (line != null && !line.startsWith(beginning)) {
            line = lines.poll(10, SECONDS);
        }
        if (line == null) {
            throw new AssertionError("no frame came that begins with: " + beginning);
        }
        return line;
    }

    @Override
    public void close() {
        loop.close();
    }

    private final class Conversation implements WireHandler {
        private final Wire wire;
        private final ClientFrames frames = new ClientFrames();
        private final ArrayDeque<UnsafeBuffer> output = new ArrayDeque<>();
        private final Peer peer = new Peer(this::write);
        private boolean ended;

        Conversation(Wire wire) {
            this.wire = wire;
        }

        void say(Consumer<Peer> words) {
            words.accept(peer);
            peer.send();
        }

        @Override
        public int onBytes(DirectBuffer buffer, int offset, int length) {
            frames.onBytes(buffer, offset, length);
            for (final String line : frames.take()) {
                lines.add(line);
                if (!silent) {
                    answer(line);
                }
            }
            return length;
        }

        private void answer(String line) {
            if (line.startsWith("logon ")) {
                final Code code = refusal;
                say(to -> {
                    if (code == null) {
                        to.journal(journalId, 1, 4096)
                                .confirmedBelow(confirmedBelow)
                                .maxFrame(maxFrame)
                                .logonReply(lastAppended, HEARTBEAT_MS);
                    } else {
                        to.reject(LogonEncoder.TEMPLATE_ID, 0, code);
                    }
                });
            } else if (line.startsWith("subscribe ")) {
                final long id = Long.parseLong(line.split(" ")[1]);
                say(to -> to.subscribeReply(id));
            }
        }

        private void write(byte[] bytes) {
            output.add(new UnsafeBuffer(ByteBuffer.allocateDirect(bytes.length)));
            output.peekLast().putBytes(0, bytes);
            if (output.size() == 1) {
                writeFirst();
            }
        }

        private void writeFirst() {
            if (!ended) {
                wire.write(output.peekFirst(), 0, output.peekFirst().capacity());
            }
        }

        @Override
        public int requiredBytes() {
            return 0;
        }

        @Override
        public void onBatchEnd() {}

        @Override
        public void onWritten(int lengthBytes) {
            final UnsafeBuffer first = output.pollFirst();
            if (lengthBytes < first.capacity()) {
                output.addFirst(new UnsafeBuffer(first, lengthBytes, first.capacity() - lengthBytes));
            }
            if (!output.isEmpty()) {
                writeFirst();
            }
        }

        @Override
        public void onClosed(Throwable cause) {
            ended = true;
            lines.add("closed");
        }
    }
}
