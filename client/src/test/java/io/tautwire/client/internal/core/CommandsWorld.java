package io.tautwire.client.internal.core;

import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.MessageEncoder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A store on whatever happens by chance: sessions end, processes follow each other, and one server in several moods
 * takes what comes. The server is the model: what it took, in which order, with which outcome.
 */
final class CommandsWorld {
    private static final int SMALL_LIMIT = 16 * 1024;
    private static final int LARGE_LIMIT = 1 << 20;

    private final long seed;
    private final Random random;
    private final SessionFixture fixture = new SessionFixture(1 << 17, 8);
    private final List<String> taken = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final Set<Long> skipped = new HashSet<>();
    private boolean loggedOn;
    private boolean refusing;
    private long confirmedBelow;
    private long acked;
    private long published;
    private long nowNs;

    CommandsWorld(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
    }

    long published() {
        return published;
    }

    /** Outcome by sequence, as the server decided. */
    List<String> taken() {
        return taken;
    }

    /** Outcome by sequence, as the client's user heard; the latest where a process died and another was told again. */
    List<String> told() {
        return told;
    }

    /** Something happens. */
    void step() {
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> publish();
            case 4, 5 -> acknowledge();
            case 6 -> nowNs += random.nextInt(500) * 1_000_000L;
            case 7 -> logOnOrTick();
            case 8 -> endSometimes();
            default -> flush();
        }
        hear();
    }

    /** Nothing goes wrong any more, until all is done. */
    void settle() {
        refusing = false;
        for (int i = 0; i < 1_000 && told.size() < published; i++) {
            logOnOrTick();
            nowNs += 500_000_000;
            flush();
            acknowledgeTo(taken.size());
            hear();
        }
    }

    private void publish() {
        final int length = random.nextInt(6) == 0 ? 20_000 : random.nextInt(300);
        if (fixture.publish(length) > 0) {
            published++;
        }
    }

    private void flush() {
        if (loggedOn) {
            fixture.session.onTimer(nowNs);
            take();
        }
    }

    private void logOnOrTick() {
        if (loggedOn) {
            flush();
            return;
        }
        loggedOn = true;
        acked = fixture.acknowledgements.lastOutcome();
        fixture.connect().sendLogon();
        fixture.wire.frames.take();
        fixture.wire.taking(length -> 1 + random.nextInt(length));
        fixture.peer
                .maxFrame(random.nextBoolean() ? SMALL_LIMIT : LARGE_LIMIT)
                .confirmedBelow(confirmedBelow)
                .logonReply(taken.size());
        acked = Math.max(acked, confirmedBelow - 1);
        fixture.peer.send();
        take();
    }

    private void endSometimes() {
        if (random.nextInt(3) != 0) {
            return;
        }
        if (loggedOn) {
            fixture.session.onClosed(null);
            loggedOn = false;
        }
        if (random.nextInt(3) == 0) {
            final long settled = fixture.acknowledgements.lastOutcome();
            fixture.reopen(settled, fixture.store.nextSequence());
        }
    }

    /** The server reads what has come. */
    private void take() {
        refusing = random.nextInt(20) == 0 || refusing && random.nextInt(3) != 0;
        boolean isRejected = false;
        for (final String line : fixture.wire.frames.take()) {
            final String[] words = line.split(" ");
            if (words[0].equals("heartbeat")) {
                confirmedBelow = Math.max(confirmedBelow, Long.parseLong(words[1]));
            } else if (words[0].equals("message") || words[0].equals("skip")) {
                isRejected = takeCommand(words, isRejected);
            }
        }
    }

    private boolean takeCommand(String[] words, boolean isRejected) {
        final long sequence = Long.parseLong(words[1]);
        final boolean isSkip = words[0].equals("skip");
        verify(isSkip || !skipped.contains(sequence), "a message came for what was skipped: " + sequence);
        if (isSkip) {
            skipped.add(sequence);
        }
        if (sequence != taken.size() + 1) {
            verify(isRejected || sequence <= taken.size(), "a gap before sequence=" + sequence);
            return isRejected;
        }
        if (refusing && !isRejected) {
            fixture.peer
                    .reject(MessageEncoder.TEMPLATE_ID, sequence, Code.STORAGE_FULL)
                    .send();
            return true;
        }
        verify(!isRejected, "sequence=" + sequence + " came again without a pause");
        final boolean isRefused = !isSkip && sequence % 7 == 0;
        taken.add(isSkip ? "MESSAGE_TOO_LARGE" : isRefused ? "NOT_ENTITLED" : "OK");
        return false;
    }

    private void acknowledge() {
        if (acked < taken.size()) {
            acknowledgeTo(acked + 1 + random.nextInt((int) (taken.size() - acked)));
        }
    }

    private void acknowledgeTo(long sequence) {
        while (loggedOn && acked < sequence) {
            final long from = acked + 1;
            final String outcome = taken.get((int) acked++);
            while (acked < sequence && taken.get((int) acked).equals(outcome)) {
                acked++;
            }
            fixture.peer.ack(from, acked, Code.valueOf(outcome)).send();
        }
    }

    private void hear() {
        for (final String line : fixture.takeTold()) {
            final String[] words = line.split(" ");
            verify(!line.startsWith("ended") || line.equals("ended DISCONNECTED"), line);
            if (words[0].equals("outcome")) {
                final String[] range = words[1].split("-");
                verify(Long.parseLong(range[0]) == told.size() + 1, line);
                while (told.size() < Long.parseLong(range[1])) {
                    told.add(words[2]);
                }
            }
        }
    }

    private void verify(boolean isRight, String what) {
        if (!isRight) {
            throw new AssertionError(what + " seed=" + seed);
        }
    }
}
