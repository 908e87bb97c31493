package io.tautwire.cli.subscribe;

import io.tautwire.client.MessageStream;
import io.tautwire.codec.Bookmark;
import java.util.ArrayList;
import java.util.List;

/** Messages that are printed and wait to be passed on: only then are they discarded. */
final class Discards implements Runnable {
    private final MessageStream stream;
    private final List<Bookmark> printed = new ArrayList<>();

    Discards(MessageStream stream) {
        this.stream = stream;
    }

    void add(Bookmark bookmark) {
        printed.add(bookmark);
    }

    /** Discards all of them. */
    @Override
    public void run() {
        printed.forEach(stream::discard);
        printed.clear();
    }
}
