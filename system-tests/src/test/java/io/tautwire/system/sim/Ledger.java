package io.tautwire.system.sim;

import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.codec.sbe.Code;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who published what, and was told what: one {@link Holder} for each publish store there ever was. */
final class Ledger {
    private final Map<Long, List<Holder>> byIncarnation = new HashMap<>();
    private final List<Holder> all = new ArrayList<>();

    Holder open(String client, long incarnation) {
        final Holder holder = new Holder(client, all.size(), incarnation);
        all.add(holder);
        byIncarnation.computeIfAbsent(incarnation, key -> new ArrayList<>()).add(holder);
        return holder;
    }

    List<Holder> holders() {
        return all;
    }

    /** A message is what its publisher gave, and nothing before it was left out that is still owed. */
    void checkAppended(Entry entry, long lastSequence) {
        Broken.unless(
                byIncarnation.getOrDefault(entry.incarnation(), List.of()).stream()
                        .anyMatch(holder -> isOf(entry, holder, lastSequence)),
                Promise.TRUE_BYTES,
                () -> entry + " was published by nobody, or not after sequence=" + lastSequence + ": "
                        + byIncarnation.get(entry.incarnation()));
    }

    private static boolean isOf(Entry entry, Holder holder, long lastSequence) {
        final Command command = holder.command(entry.sequence());
        if (command == null || !command.isWhat(entry) || command.due() != Code.OK) {
            return false;
        }
        for (long skipped = lastSequence + 1; skipped < entry.sequence(); skipped++) {
            final Command left = holder.command(skipped);
            if (left.due() == Code.OK && left.told() != Code.OK) {
                return false; // neither refused nor settled by a server that has lost it since
            }
        }
        return true;
    }

    /**
     * A server lives again: what was acknowledged at a level that survives how it died must be there.
     *
     * @param lowest  the lowest level that survives; null where none does.
     * @param headEnd positions below were given up in order.
     */
    void checkSurvivors(JournalView view, JournalView before, AckLevel lowest, long headEnd) {
        for (final Holder holder : all) {
            for (long sequence = 1; lowest != null && sequence <= holder.toldTo(); sequence++) {
                checkSurvives(view, before, lowest, headEnd, holder, sequence);
            }
        }
    }

    private static void checkSurvives(
            JournalView view, JournalView before, AckLevel lowest, long headEnd, Holder holder, long sequence) {
        final Command command = holder.command(sequence);
        if (command.told() != Code.OK || command.level().value() < lowest.value()) {
            return;
        }
        final Entry entry = before.find(holder.incarnation(), sequence);
        Broken.unless(
                entry == null || entry.position() < headEnd || view.find(holder.incarnation(), sequence) != null,
                Promise.ACKNOWLEDGED_IS_KEPT,
                () -> holder + " sequence=" + sequence + " was acknowledged at " + command.level() + " and is lost: "
                        + entry);
    }
}
