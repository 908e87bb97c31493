package io.tautwire.system.sim;

import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.MessageView;
import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.MessageDecoder;
import io.tautwire.codec.topic.TopicPattern;
import io.tautwire.journal.Journal;
import io.tautwire.journal.JournalCursor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.agrona.concurrent.UnsafeBuffer;

/** All that was appended, written down before the journal could drop it, against what both sides were told. */
final class Ledger {
    private final JournalCursor cursor;
    private final MessageView message = new MessageView();
    private final List<Entry> entries = new ArrayList<>();

    Ledger(Journal journal) {
        cursor = journal.cursor(0);
    }

    /** To be called after every step of the broker. */
    void onStep() {
        int found = cursor.poll();
        while (found == JournalCursor.FRAME) {
            if (FrameDescriptor.templateId(cursor.buffer(), cursor.offset()) == MessageDecoder.TEMPLATE_ID) {
                message.wrap(cursor.buffer(), cursor.offset());
                entries.add(new Entry(message.incarnation(), message.sequence(), message.topic(), message.position()));
            }
            found = cursor.poll();
        }
        verify(found == JournalCursor.END, () -> "the ledger was lapped");
    }

    void check(List<SimClient> clients, List<SimSubscription> subscriptions) {
        final Map<Long, SimClient> byIncarnation = new HashMap<>();
        final Map<Long, Long> lastSequence = new HashMap<>();
        final Map<Long, Integer> appended = new HashMap<>();
        clients.forEach(client -> byIncarnation.put(client.incarnation(), client));
        for (final Entry entry : entries) {
            checkEntry(entry, byIncarnation.get(entry.incarnation()), lastSequence);
            appended.merge(entry.incarnation(), 1, Integer::sum);
        }
        clients.forEach(client -> checkCount(client, appended.getOrDefault(client.incarnation(), 0)));
        subscriptions.forEach(this::checkDeliveries);
    }

    static void verify(boolean holds, Supplier<String> what) {
        if (!holds) {
            throw new AssertionError(what.get());
        }
    }

    private static void checkEntry(Entry entry, SimClient client, Map<Long, Long> lastSequence) {
        final long sequence = entry.sequence();
        final long before = lastSequence.getOrDefault(entry.incarnation(), 0L);
        verify(sequence > before, () -> client.name() + " sequence=" + sequence + " after " + before);
        lastSequence.put(entry.incarnation(), sequence);
        verify(
                client.outcomes().get((int) sequence - 1) == Code.OK,
                () -> client.name() + " appended refused sequence=" + sequence);
        verify(
                client.publishedTopic(sequence).equals(entry.topic()),
                () -> client.name() + " topic of sequence=" + sequence);
    }

    private static void checkCount(SimClient client, int appended) {
        final long acknowledged =
                client.outcomes().stream().filter(code -> code == Code.OK).count();
        verify(
                acknowledged == appended,
                () -> client.name() + " acknowledged=" + acknowledged + " appended=" + appended);
    }

    /** In the order of the journal each matching message was got, or lies in a gap that was told. */
    private void checkDeliveries(SimSubscription subscription) {
        int got = 0;
        for (final Entry entry : entries) {
            if (subscription.from() >= 0
                    && subscription.from() <= entry.position()
                    && entry.matches(subscription.pattern())) {
                final boolean isGot = got < subscription.positions().size()
                        && subscription.positions().getLong(got) == entry.position();
                got += isGot ? 1 : 0;
                verify(
                        isGot != subscription.missed(entry.position()) || isUnheard(subscription, entry),
                        () -> subscription + " message at " + entry.position() + " got=" + isGot);
            }
        }
        final int known = got;
        verify(
                known == subscription.positions().size(),
                () -> subscription + " got " + subscription.positions().size() + ", of them due " + known);
    }

    /** Whether the subscription ended before it could be told of it. */
    private static boolean isUnheard(SimSubscription subscription, Entry entry) {
        return subscription.hasEnded() && entry.position() >= subscription.heardTo();
    }

    private record Entry(long incarnation, long sequence, String topic, long position) {
        boolean matches(TopicPattern pattern) {
            final byte[] bytes = topic.getBytes(StandardCharsets.UTF_8);
            return pattern.matches(new UnsafeBuffer(bytes), 0, bytes.length);
        }
    }
}
