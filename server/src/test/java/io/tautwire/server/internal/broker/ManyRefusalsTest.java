package io.tautwire.server.internal.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.server.ServerLimits;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManyRefusalsTest {
    private static final int COMMANDS = 20_000;

    @Test
    void noOutcomeIsForgottenBeforeItIsTold() {
        final Peer peer = new Rig().logon("p");
        alternate(peer).send();
        assertEquals(told(1, COMMANDS), peer.lines());
    }

    @Test
    void aPeerThatDoesNotReadIsLetGoAndToldLater() {
        final ServerLimits limits = ServerLimits.defaults()
                .change()
                .maxFrame(32 * 1024)
                .outputBytes(128 * 1024)
                .done();
        final Rig rig = new Rig(limits);
        final Peer peer = rig.logon("p");
        peer.wire.hold();
        alternate(peer).send();
        peer.wire.release();
        final List<String> lines = peer.lines();
        final int last = lines.size() - 1;
        assertEquals("Goodbye LIMIT_REACHED", lines.get(last));
        assertEquals(told(1, last), lines.subList(0, last));
        peer.end();

        final Peer back = rig.connect("p", 1001);
        back.lowestOutstanding = last + 1;
        back.nextSequence = COMMANDS + 1;
        final List<String> resumed = new ArrayList<>(back.logon().send().lines());
        final int appended = resumed.size() - 1 + last;
        assertTrue(appended > last, "something was left to tell");
        assertEquals("LogonReply last=" + appended + " user= type=", resumed.remove(0));
        assertEquals(told(last + 1, appended), resumed);
    }

    private static Peer alternate(Peer peer) {
        for (int sequence = 1; sequence <= COMMANDS; sequence++) {
            peer.publish(sequence % 2 == 0 ? "t" : "t//", "x");
        }
        return peer;
    }

    private static List<String> told(int from, int to) {
        final List<String> lines = new ArrayList<>();
        for (int sequence = from; sequence <= to; sequence++) {
            lines.add("Ack " + sequence + "-" + sequence + (sequence % 2 == 0 ? " OK" : " TOPIC_INVALID"));
        }
        return lines;
    }
}
