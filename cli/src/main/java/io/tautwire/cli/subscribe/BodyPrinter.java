package io.tautwire.cli.subscribe;

import io.tautwire.client.Message;
import java.io.PrintStream;
import java.util.Arrays;

/** Bodies as they come, each with a line end: a line each, unless there are line ends in them. */
public final class BodyPrinter implements MessagePrinter {
    private final PrintStream out;
    private byte[] line = new byte[1024];

    /** Prints to the stream given. */
    public BodyPrinter(PrintStream out) {
        this.out = out;
    }

    @Override
    public void print(Message message) {
        final int length = message.bodyLength();
        if (length >= line.length) {
            line = Arrays.copyOf(line, length + 1);
        }
        message.body().getBytes(message.bodyOffset(), line, 0, length);
        line[length] = '\n';
        out.write(line, 0, length + 1);
    }
}
