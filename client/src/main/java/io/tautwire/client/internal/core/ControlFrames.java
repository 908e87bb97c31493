package io.tautwire.client.internal.core;

import static io.tautwire.codec.FrameDescriptor.BLOCK_OFFSET;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.FrameWriter;
import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.CreditEncoder;
import io.tautwire.codec.sbe.GoodbyeEncoder;
import io.tautwire.codec.sbe.HeartbeatEncoder;
import io.tautwire.codec.sbe.LogonEncoder;
import io.tautwire.codec.sbe.SkipEncoder;
import io.tautwire.codec.sbe.SubscribeEncoder;
import io.tautwire.codec.sbe.UnsubscribeEncoder;
import io.tautwire.transport.wire.OutputBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;

/**
 * Writes the client's frames other than commands into a bounded buffer. Each method tells whether there was room; where
 * there was not, the caller tries again when a write has completed.
 */
final class ControlFrames {
    private static final int VAR_HEADER = Short.BYTES;

    private final FrameWriter writer = new FrameWriter();

    /**
     * Frames are not encoded in the output: the checksum would need a new view, which is garbage, whenever the output
     * changes between its two buffers, so for nearly every Credit.
     */
    private final MutableDirectBuffer scratch = new ExpandableArrayBuffer(1024);

    private final LogonEncoder logon = new LogonEncoder();
    private final SubscribeEncoder subscribe = new SubscribeEncoder();
    private final UnsubscribeEncoder unsubscribe = new UnsubscribeEncoder();
    private final CreditEncoder credit = new CreditEncoder();
    private final HeartbeatEncoder heartbeat = new HeartbeatEncoder();
    private final SkipEncoder skip = new SkipEncoder();
    private final GoodbyeEncoder goodbye = new GoodbyeEncoder();
    private final OutputBuffer output;
    private final byte[] clientName;
    private final long incarnation;
    private int claimedOffset;

    ControlFrames(OutputBuffer output, String clientName, long incarnation) {
        this.output = output;
        this.clientName = clientName.getBytes(UTF_8);
        this.incarnation = incarnation;
    }

    boolean logon(SessionIdentity identity, byte[] credential, long lowestOutstanding, long nextSequence) {
        final byte[] user = identity.user().getBytes(UTF_8);
        final byte[] nameSpace = identity.nameSpace().getBytes(UTF_8);
        final byte[] messageType = identity.messageType().getBytes(UTF_8);
        final byte[] agent = Agent.TEXT.getBytes(UTF_8);
        final int varLength = 6 * VAR_HEADER
                + clientName.length
                + user.length
                + credential.length
                + nameSpace.length
                + messageType.length
                + agent.length;
        if (!begin(logon, varLength)) {
            return false;
        }
        logon.incarnation(incarnation)
                .lowestOutstanding(lowestOutstanding)
                .nextSequence(nextSequence)
                .versionMin(LogonEncoder.SCHEMA_VERSION)
                .versionMax(LogonEncoder.SCHEMA_VERSION)
                .maxFrame(identity.maxFrame())
                .heartbeatMs(identity.heartbeatMs());
        logon.options().pretty(identity.pretty());
        logon.putClientName(clientName, 0, clientName.length)
                .putUser(user, 0, user.length)
                .putCredential(credential, 0, credential.length)
                .putNameSpace(nameSpace, 0, nameSpace.length)
                .putMessageType(messageType, 0, messageType.length)
                .putAgent(agent, 0, agent.length);
        return end(logon, 0);
    }

    boolean subscribe(Registration registration) {
        final byte[] pattern = registration.interest().pattern();
        final ResumePoint from = registration.resume();
        if (!begin(subscribe, VAR_HEADER + pattern.length)) {
            return false;
        }
        subscribe
                .subscriptionId(registration.id())
                .credit(registration.firstCredit())
                .journalId(from.journalId())
                .position(from.position())
                .timestamp(from.timestampNs())
                .epoch(from.epoch())
                .startAt(from.startAt())
                .notFound(from.notFound())
                .deliveryPoint(registration.interest().deliveryPoint())
                .putPattern(pattern, 0, pattern.length);
        return end(subscribe, 0);
    }

    boolean unsubscribe(long subscriptionId) {
        if (!begin(unsubscribe, 0)) {
            return false;
        }
        unsubscribe.subscriptionId(subscriptionId);
        return end(unsubscribe, 0);
    }

    boolean credit(long subscriptionId, long bytes) {
        if (!begin(credit, 0)) {
            return false;
        }
        credit.subscriptionId(subscriptionId).bytes(bytes);
        return end(credit, 0);
    }

    boolean heartbeat(long lowestOutstanding) {
        if (!begin(heartbeat, 0)) {
            return false;
        }
        heartbeat.lowestOutstanding(lowestOutstanding);
        return end(heartbeat, 0);
    }

    boolean skip(long sequence, Code code) {
        if (!begin(skip, VAR_HEADER + clientName.length)) {
            return false;
        }
        skip.incarnation(incarnation).sequence(sequence).code(code).putClientName(clientName, 0, clientName.length);
        return end(skip, FrameDescriptor.FLAG_STAMPED);
    }

    boolean goodbye(Code code, String reason) {
        final byte[] text = reason.getBytes(UTF_8);
        if (!begin(goodbye, VAR_HEADER + text.length)) {
            return false;
        }
        goodbye.code(code).putReason(text, 0, text.length);
        return end(goodbye, 0);
    }

    private boolean begin(MessageEncoderFlyweight encoder, int varLength) {
        final int frameLength = FrameDescriptor.aligned(BLOCK_OFFSET + encoder.sbeBlockLength() + varLength);
        claimedOffset = output.claim(frameLength);
        if (claimedOffset < 0) {
            return false;
        }
        writer.begin(encoder, scratch, 0);
        return true;
    }

    private boolean end(MessageEncoderFlyweight encoder, int flags) {
        final int length = writer.end(encoder, flags);
        output.buffer().putBytes(claimedOffset, scratch, 0, length);
        output.commit(length);
        return true;
    }
}
