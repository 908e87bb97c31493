package io.tautwire.server.internal.broker.publisher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.PublisherDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PublisherTest {
    private final PublisherTable table = new PublisherTable(3, 1000);

    @Test
    void tellsTheOutcomesThatThereWere() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final Publisher publisher = table.open(identity(1));
        final TreeMap<Long, Code> expected = new TreeMap<>();
        long confirmed = 1;
        for (long sequence = 1; sequence <= 2000; sequence++) {
            final int kind = random.nextInt(6);
            if (kind < 4) {
                publisher.appended(sequence);
                expected.put(sequence, Code.OK);
            } else {
                final Code code = kind == 4 ? Code.TOPIC_INVALID : Code.NOT_ENTITLED;
                publisher.refused(sequence, code.value(), "why");
                expected.put(sequence, code);
            }
            if (random.nextInt(20) == 0) {
                confirmed += random.nextInt((int) (sequence - confirmed + 1));
                publisher.confirmBelow(confirmed);
                expected.headMap(confirmed).clear();
            }
            if (random.nextInt(20) == 0) {
                assertEquals(new ArrayList<>(expected.values()), outcomes(publisher, confirmed), "seed=" + seed);
            }
        }
    }

    @Test
    void whatIsForgottenIsUnknownAndNotASuccess() {
        final Publisher publisher = table.open(identity(1));
        for (long sequence = 1; sequence <= 2L * Refusals.LIMIT + 2; sequence++) {
            if (sequence % 2 == 0) {
                publisher.refused(sequence, Code.TOPIC_INVALID.value(), "why");
            } else {
                publisher.appended(sequence);
            }
        }
        final List<Code> outcomes = outcomes(publisher, 1);
        assertEquals(List.of(Code.INTERNAL, Code.INTERNAL, Code.OK, Code.TOPIC_INVALID), outcomes.subList(0, 4));
    }

    @Test
    void tellsBeforeItForgets() {
        final Publisher publisher = table.open(identity(1));
        for (long sequence = 1; sequence < 2L * Refusals.LIMIT; sequence++) {
            assertFalse(publisher.wouldForget(1));
            publisher.refused(sequence, sequence % 2 == 0 ? 20 : 22, "why");
            sequence++;
            publisher.appended(sequence);
        }
        assertTrue(publisher.wouldForget(1));
        assertFalse(publisher.wouldForget(2), "whoever was told may forget");
    }

    @Test
    void remembersWhoIsAwayUntilThereAreTooMany() {
        final Publisher first = published(1);
        away(first, 0);
        assertSame(first, table.open(identity(1)));
        away(first, 0);
        for (int i = 2; i <= 4; i++) {
            away(published(i), 0);
        }
        assertEquals(3, table.size());
        assertNotSame(first, table.open(identity(1)));
    }

    @Test
    void whoNeverPublishedPushesNoPublisherOut() {
        final Publisher publisher = published(1);
        away(publisher, 0);
        for (int i = 2; i <= 10; i++) {
            away(table.open(identity(i)), 0);
        }
        assertEquals(1, table.size());
        assertSame(publisher, table.open(identity(1)));
    }

    @Test
    void forgetsWhoIsAwayForTooLongAndNoSessionOfAnybody() {
        final Publisher away = published(1);
        final Publisher here = table.open(identity(2));
        away(away, 100);
        forget(1099);
        assertEquals(2, table.size());
        forget(1100);
        assertEquals(1, table.size());
        assertSame(here, table.open(identity(2)));
    }

    @Test
    void sharesNothingBetweenUsersNamesOrIncarnations() {
        final Publisher publisher = table.open(new Identity("u", "n", 1));
        assertNotSame(publisher, table.open(new Identity("v", "n", 1)));
        assertNotSame(publisher, table.open(new Identity("u", "m", 1)));
        assertNotSame(publisher, table.open(new Identity("u", "n", 2)));
        assertTrue(new Identity("", "n", 1).isAnonymous());
    }

    private static List<Code> outcomes(Publisher publisher, long from) {
        final List<Code> outcomes = new ArrayList<>();
        final Outcome outcome = new Outcome();
        long next = from;
        while (next <= publisher.lastSequence()) {
            publisher.outcome(next, publisher.lastSequence(), outcome);
            for (; next <= outcome.toSequence(); next++) {
                outcomes.add(Code.get(outcome.code()));
            }
        }
        return outcomes;
    }

    private Publisher published(long incarnation) {
        final Publisher publisher = table.open(identity(incarnation));
        publisher.appended(1);
        return publisher;
    }

    private void away(Publisher publisher, long nowNs) {
        table.close(publisher, nowNs);
        forget(nowNs);
    }

    /** As the broker does, with frames that nobody keeps. */
    private void forget(long nowNs) {
        final PublisherFrames frames = new PublisherFrames();
        table.forget(nowNs, publisher -> {
            frames.closed(publisher);
            return table.apply(publisher, PublisherDecoder.TEMPLATE_ID, frames.buffer(), 0);
        });
    }

    private static Identity identity(long incarnation) {
        return new Identity("u", "n" + incarnation, incarnation);
    }
}
