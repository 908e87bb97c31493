package io.tautwire.server.internal.broker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.Headers;
import io.tautwire.server.ServerLimits;
import io.tautwire.server.internal.broker.rendering.MessageRenderer;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Sessions that want their bodies readable, beside others. Every peer checks both checksums of all it gets. */
class PrettyTest {
    private static final int PRETTY = 1;
    private static final String BODY = "{\"px\":800}";
    private static final String RENDERED = "{\n  \"px\": 800\n}";

    private final Rig rig = new Rig();
    private final Peer publisher = rig.logon("p");

    @Test
    void bodiesAreRenderedByTheMessageTypeOfTheSession() {
        final List<String> types = List.of("json", "fix", "nvfix", "binary", "text", "protobuf", "");
        final List<Peer> readers =
                types.stream().map(type -> logon("r-" + type, type, PRETTY)).toList();
        publisher.publish("t", "[1]").publish("t", "a\u0001b\u0001").send();
        rig.catchUp();
        assertEquals(List.of("[\n  1\n]", "a\u0001b\u0001"), readers.get(0).bodies(1));
        assertEquals(List.of("[1]", "a|b|"), readers.get(1).bodies(1));
        assertEquals(List.of("[1]", "a|b|"), readers.get(2).bodies(1));
        assertEquals(List.of("5b315d", "61016201"), readers.get(3).bodies(1));
        for (int i = 4; i < types.size(); i++) {
            assertEquals(List.of("[1]", "a\u0001b\u0001"), readers.get(i).bodies(1), types.get(i));
            assertFalse(readers.get(i).got.delivered.get(0).isRendered(), types.get(i));
        }
        assertTrue(readers.get(3).got.delivered.get(0).isRendered());
    }

    @Test
    void aPlainSessionGetsTheBytesThatWerePublished() {
        final Peer plain = logon("plain", "json", 0);
        final Peer pretty = logon("pretty", "json", PRETTY);
        final byte[] published = publisher.publish("t", BODY).said();
        publisher.send();
        rig.catchUp();
        final byte[] delivered = plain.got.frames.get(0).clone();
        assertFalse(plain.got.delivered.get(0).isRendered());
        assertTrue(pretty.got.delivered.get(0).isRendered());
        Arrays.fill(delivered, FrameDescriptor.STAMP_CHECKSUM_OFFSET, FrameDescriptor.FLAGS_OFFSET, (byte) 0);
        Arrays.fill(delivered, FrameDescriptor.BLOCK_OFFSET, FrameDescriptor.STAMP_END_OFFSET, (byte) 0);
        assertArrayEquals(published, delivered);
        final int at = FrameDescriptor.CONTENT_CHECKSUM_OFFSET;
        assertFalse(Arrays.equals(published, at, at + 4, pretty.got.frames.get(0), at, at + 4));
    }

    @Test
    void allButTheBodyIsAsInThePlainSession() {
        final Peer plain = logon("plain", "json", 0);
        final Peer pretty = logon("pretty", "json", PRETTY);
        final byte[] headers = Headers.builder().add("kind", "trade").build().bytes();
        publisher.message("p", 1001, 1, "a/b", "answers", headers, BODY).send();
        publisher.message("p", 1001, 2, "a/c", "", new byte[0], "no json").send();
        rig.catchUp();
        assertEquals(List.of(RENDERED, "no json"), pretty.bodies(1));
        assertEquals(
                plain.got.delivered.stream().map(it -> withBody(it, "")).toList(),
                pretty.got.delivered.stream().map(it -> withBody(it, "")).toList());
        final byte[] expected = plain.got.frames.get(0);
        final byte[] rendered = pretty.got.frames.get(0);
        final int stamped = FrameDescriptor.FLAGS_OFFSET;
        final int body = FrameDescriptor.length(new UnsafeBuffer(expected), 0) - BODY.length();
        assertArrayEquals(
                Arrays.copyOfRange(expected, stamped, body - 4), Arrays.copyOfRange(rendered, stamped, body - 4));
    }

    @Test
    void nothingIsRenderedWithinAPublishersBatch() {
        final Peer plain = logon("plain", "json", 0);
        final Peer pretty = logon("pretty", "json", PRETTY);
        publisher.publish("t", BODY).send();
        assertEquals(1, plain.bodies(1).size());
        assertEquals(0, pretty.bodies(1).size());
        assertTrue(rig.host.isCatchUpWanted);
        rig.catchUp();
        assertEquals(List.of(RENDERED), pretty.bodies(1));
        publisher.publish("t", "2").send();
        assertEquals(1, pretty.bodies(1).size());
        rig.catchUp();
        assertEquals(List.of(RENDERED, "2"), pretty.bodies(1));
    }

    @Test
    void renderedMessagesAndOthersDoNotShareAnEnvelope() {
        final Peer pretty = logon("pretty", "json", PRETTY);
        publisher.publish("t", "1").publish("t", "2").publish("t", "oops").publish("t", "3");
        publisher.send();
        rig.catchUp();
        final List<String> envelopes = pretty.got.lines.stream()
                .filter(line -> line.startsWith("Deliver"))
                .toList();
        assertEquals(List.of("Deliver 1 x2", "Deliver 1 x1", "Deliver 1 x1"), envelopes);
        assertEquals(
                List.of(true, true, false, true),
                pretty.got.delivered.stream().map(Delivered::isRendered).toList());
    }

    @Test
    void subscriptionsOfOneSessionShareTheRenderedCopy() {
        final Peer pretty = logon("pretty", "json", PRETTY).subscribe(2, "t").send();
        publisher.publish("t", BODY).send();
        rig.catchUp();
        assertEquals(1, pretty.got.delivered.size());
        assertEquals(List.of(1L, 2L), pretty.got.delivered.get(0).ids());
    }

    @Test
    void creditCountsTheBytesThatAreDelivered() {
        final Peer plain = logon("plain", "json", 0);
        final Peer pretty = connect("pretty", "json", PRETTY);
        pretty.logon().subscribe(1, "#", 1).send();
        publisher.publish("t", "[1,2,3,4,5]").publish("t", "[6]").publish("t", "[7]");
        publisher.send();
        rig.catchUp();
        assertEquals(1, pretty.got.frames.size());
        final int spent = pretty.got.frames.get(0).length;
        assertTrue(spent > plain.got.frames.get(0).length, "spent=" + spent);
        pretty.credit(1, spent - 1).send();
        rig.catchUp();
        assertEquals(1, pretty.got.frames.size());
        pretty.credit(1, 1).send();
        rig.catchUp();
        assertEquals("[\n  6\n]", pretty.bodies(1).get(1));
        assertEquals(2, pretty.got.frames.size());
    }

    @Test
    void whatWouldBeLongerThanTheSessionTakesIsDeliveredAsItIs() {
        final String body = "[" + "1,".repeat(4_000) + "1]";
        final Peer narrow = connect("narrow", "json", PRETTY);
        narrow.maxFrame = 16 * 1024;
        narrow.logon().subscribe(1, "#").send();
        final Peer wide = logon("wide", "json", PRETTY);
        publisher.publish("t", body).publish("t", BODY).send();
        rig.catchUp();
        assertEquals(List.of(body, RENDERED), narrow.bodies(1));
        assertEquals(
                List.of(false, true),
                narrow.got.delivered.stream().map(Delivered::isRendered).toList());
        assertTrue(wide.got.delivered.get(0).isRendered());
        assertEquals(body.length() + 3 * 4_001 + 1, wide.bodies(1).get(0).length());
    }

    @Test
    void workIsBoundedWhateverIsPublished() {
        final Peer json = logon("json", "json", PRETTY);
        final Peer binary = logon("binary", "binary", PRETTY);
        final String deep = "[".repeat(450) + "]".repeat(450);
        final String abyss = "[".repeat(1_000_000);
        final String half = "x".repeat(MessageRenderer.MAX_FRAME / 2);
        publisher.publish("t", deep).publish("t", abyss).publish("t", half).send();
        rig.catchUp();
        assertEquals(List.of(deep, abyss, half), json.bodies(1));
        assertEquals(abyss, binary.bodies(1).get(1));
        assertEquals(half, binary.bodies(1).get(2));
        publisher.publish("t", half.substring(100)).send();
        rig.catchUp();
        assertEquals("78".repeat(half.length() - 100), binary.bodies(1).get(3));
    }

    @Test
    void renderingTakesTurnsByWhatItCosts() {
        final Peer pretty = logon("pretty", "json", PRETTY);
        final int step = 64 * 1024;
        for (final String body : List.of("[".repeat(400), "[".repeat(300) + "]".repeat(300))) {
            final int before = pretty.got.delivered.size();
            for (int i = 0; i < 10; i++) {
                publisher.publish("t", body);
            }
            publisher.send();
            for (int i = 1; i <= 3; i++) {
                assertTrue(rig.broker.catchUp(step), body);
                assertEquals(before + i, pretty.got.delivered.size(), body);
            }
            rig.catchUp();
            assertEquals(before + 10, pretty.got.delivered.size(), body);
        }
    }

    @Test
    void aSlowOneGetsEverythingInOrderOnceItReads() {
        final Rig small = new Rig(ServerLimits.defaults()
                .change()
                .maxFrame(16 * 1024)
                .outputBytes(80 * 1024)
                .done());
        final Peer from = small.logon("p");
        final Peer slow = new Peer("slow", 7);
        small.connect(slow);
        slow.messageType = "binary";
        slow.options = PRETTY;
        slow.logon().subscribe(1, "#").send();
        slow.wire.hold();
        for (int i = 0; i < 3000; i++) {
            from.publish("t", "" + i % 10).send();
            small.catchUp();
        }
        while (slow.wire.isWriting()) {
            slow.wire.take(5_000);
            small.catchUp();
        }
        assertEquals(3000, slow.bodies(1).size());
        for (int i = 0; i < 3000; i++) {
            assertEquals("3" + i % 10, slow.bodies(1).get(i));
        }
        assertTrue(slow.got.isWhole());
    }

    @Test
    void optionsOfANewerClientArePassedOver() {
        final Peer newer = logon("newer", "json", 0xFE);
        final Peer newerAndPretty = logon("both", "json", 0xFF);
        publisher.publish("t", BODY).send();
        rig.catchUp();
        assertEquals(List.of(BODY), newer.bodies(1));
        assertEquals(List.of(RENDERED), newerAndPretty.bodies(1));
    }

    private Peer connect(String name, String messageType, int options) {
        final Peer peer = rig.connect(name);
        peer.messageType = messageType;
        peer.options = options;
        return peer;
    }

    /** Logged on and subscribed to everything. */
    private Peer logon(String name, String messageType, int options) {
        return connect(name, messageType, options).logon().subscribe(1, "#").send();
    }

    private static Delivered withBody(Delivered it, String body) {
        return new Delivered(
                it.ids(),
                it.topic(),
                body,
                it.clientName(),
                it.incarnation(),
                it.sequence(),
                it.position(),
                it.timestamp(),
                false);
    }
}
