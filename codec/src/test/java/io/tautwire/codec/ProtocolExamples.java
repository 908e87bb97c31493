package io.tautwire.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tautwire.codec.sbe.AckEncoder;
import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.DeliverEncoder;
import io.tautwire.codec.sbe.LogonChallengeEncoder;
import io.tautwire.codec.sbe.LogonEncoder;
import io.tautwire.codec.sbe.MessageEncoder;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/** The frames that {@code docs/protocol.md} shows, written by the codec. */
final class ProtocolExamples {
    private static final long INCARNATION = 0x0102030405060708L;
    private static final String NAME = "pricer-1";
    private static final long POSITION = 4096;

    private final FrameWriter writer = new FrameWriter();
    private final byte[] bytes = new byte[512];
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);

    private ProtocolExamples() {}

    /** Frames, padding included, by the name the page gives them. */
    static Map<String, byte[]> all() {
        final ProtocolExamples examples = new ProtocolExamples();
        final Map<String, byte[]> all = new LinkedHashMap<>();
        all.put("Logon", examples.logon("alice", "secret".getBytes(UTF_8), "json"));
        all.put("Logon by SCRAM-SHA-256", examples.scram());
        all.put("Message", examples.message());
        final byte[] stamped = examples.stamped();
        all.put("The same Message as it is delivered", stamped);
        all.put("Deliver", examples.deliver(POSITION + stamped.length));
        all.put("Ack", examples.acks());
        return all;
    }

    /** The conversation of RFC 7677, section 3. */
    private byte[] scram() {
        final String nonce = "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
        final byte[][] frames = {
            logon("user", ScramCredential.first("n,,n=user,r=rOprNGfwEbeRWgbNEkqO"), ""),
            challenge(1, nonce + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"),
            logon("user", ("c=biws," + nonce + ",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=").getBytes(UTF_8), ""),
            challenge(2, "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="),
            logon("user", new byte[0], ""),
        };
        final ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (final byte[] frame : frames) {
            all.writeBytes(frame);
        }
        return all.toByteArray();
    }

    private byte[] challenge(int attempt, String challenge) {
        final byte[] asked = challenge.getBytes(UTF_8);
        final LogonChallengeEncoder encoder = writer.begin(new LogonChallengeEncoder(), buffer, 0);
        encoder.attempt(attempt).putChallenge(asked, 0, asked.length);
        return written(writer.end(encoder, 0));
    }

    private byte[] logon(String user, byte[] credential, String messageType) {
        final LogonEncoder logon = writer.begin(new LogonEncoder(), buffer, 0);
        logon.incarnation(INCARNATION)
                .lowestOutstanding(1)
                .nextSequence(1)
                .versionMin(1)
                .versionMax(1)
                .maxFrame(FrameDescriptor.DEFAULT_MAX_FRAME)
                .clientName(NAME)
                .user(user);
        logon.putCredential(credential, 0, credential.length).nameSpace("").messageType(messageType);
        logon.agent("");
        return written(writer.end(logon, 0));
    }

    private byte[] message() {
        final MessageEncoder message = writer.begin(new MessageEncoder(), buffer, 0);
        message.incarnation(INCARNATION).sequence(1).clientName(NAME).putCorrelationId(new byte[0], 0, 0);
        final byte[] headers = Headers.builder().add("px", "800").build().bytes();
        final byte[] body = "{\"px\":800}".getBytes(UTF_8);
        message.replyTo("").putHeaders(headers, 0, headers.length).topic("trades/BTCUSD");
        message.putBody(body, 0, body.length);
        return written(writer.end(message, FrameDescriptor.FLAG_STAMPED));
    }

    private byte[] stamped() {
        final int length = message().length;
        new FrameChecksum().stamp(buffer, 0, POSITION, 1_700_000_000_123_456_789L);
        return written(length);
    }

    private byte[] deliver(long tail) {
        final DeliverEncoder deliver = writer.begin(new DeliverEncoder(), buffer, 0);
        deliver.tail(tail).messageCount(1);
        deliver.subscriptionsCount(2).next().subscriptionId(7).next().subscriptionId(9);
        return written(writer.end(deliver, 0));
    }

    private byte[] acks() {
        final byte[] ok = ack(1, 2, Code.OK, "");
        final byte[] refused = ack(3, 3, Code.TOPIC_INVALID, "empty level");
        final byte[] both = Arrays.copyOf(ok, ok.length + refused.length);
        System.arraycopy(refused, 0, both, ok.length, refused.length);
        return both;
    }

    private byte[] ack(long from, long to, Code code, String reason) {
        final AckEncoder ack = writer.begin(new AckEncoder(), buffer, 0);
        ack.fromSequence(from).toSequence(to).code(code).ackLevel(AckLevel.RECEIVED);
        ack.reason(reason);
        return written(writer.end(ack, 0));
    }

    private byte[] written(int alignedLength) {
        return Arrays.copyOf(bytes, alignedLength);
    }
}
