package io.tautwire.client.internal.core;

import io.tautwire.codec.Bookmark;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.FrameHandler;
import io.tautwire.codec.FrameReader;
import io.tautwire.codec.MessageView;
import io.tautwire.codec.sbe.CreditDecoder;
import io.tautwire.codec.sbe.GoodbyeDecoder;
import io.tautwire.codec.sbe.HeartbeatDecoder;
import io.tautwire.codec.sbe.LogonDecoder;
import io.tautwire.codec.sbe.MessageDecoder;
import io.tautwire.codec.sbe.MessageHeaderDecoder;
import io.tautwire.codec.sbe.NotFound;
import io.tautwire.codec.sbe.SkipDecoder;
import io.tautwire.codec.sbe.SubscribeDecoder;
import io.tautwire.codec.sbe.UnsubscribeDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/** What a client wrote, validated by the real reader and told in words, one line a frame. */
public final class ClientFrames implements FrameHandler {
    private final FrameReader reader = Peer.reader();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ExpandableArrayBuffer pending = new ExpandableArrayBuffer(1024);
    private final List<String> lines = new ArrayList<>();
    private int pendingLength;

    /** Takes bytes as they come off the wire. */
    public void onBytes(DirectBuffer buffer, int offset, int length) {
        pending.putBytes(pendingLength, buffer, offset, length);
        pendingLength += length;
        final int consumed = reader.read(pending, 0, pendingLength, this);
        pendingLength -= consumed;
        final byte[] rest = new byte[pendingLength];
        pending.getBytes(consumed, rest);
        pending.putBytes(0, rest);
    }

    /** The frames so far; forgets them. */
    public List<String> take() {
        final List<String> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }

    /** Whether nothing of an unfinished frame is left over. */
    public boolean isBetweenFrames() {
        return pendingLength == 0;
    }

    @Override
    public boolean onFrame(int templateId, DirectBuffer buffer, int offset, int length) {
        lines.add(describe(templateId, buffer, offset, offset + FrameDescriptor.HEADER_OFFSET));
        return true;
    }

    private String describe(int templateId, DirectBuffer buffer, int offset, int at) {
        switch (templateId) {
            case LogonDecoder.TEMPLATE_ID:
                return logon(new LogonDecoder().wrapAndApplyHeader(buffer, at, header));
            case MessageDecoder.TEMPLATE_ID:
                final MessageView view = new MessageView().wrap(buffer, offset);
                return "message " + view.sequence() + " " + view.topic() + " bytes=" + view.bodyLength();
            case SkipDecoder.TEMPLATE_ID:
                final SkipDecoder skip = new SkipDecoder().wrapAndApplyHeader(buffer, at, header);
                return "skip " + skip.sequence() + " " + skip.code();
            case SubscribeDecoder.TEMPLATE_ID:
                final SubscribeDecoder subscribe = new SubscribeDecoder().wrapAndApplyHeader(buffer, at, header);
                return "subscribe " + subscribe.subscriptionId() + " credit=" + subscribe.credit() + " "
                        + subscribe.pattern() + start(subscribe);
            case UnsubscribeDecoder.TEMPLATE_ID:
                return "unsubscribe "
                        + new UnsubscribeDecoder()
                                .wrapAndApplyHeader(buffer, at, header)
                                .subscriptionId();
            case CreditDecoder.TEMPLATE_ID:
                final CreditDecoder credit = new CreditDecoder().wrapAndApplyHeader(buffer, at, header);
                return "credit " + credit.subscriptionId() + " bytes=" + credit.bytes();
            case HeartbeatDecoder.TEMPLATE_ID:
                return "heartbeat "
                        + new HeartbeatDecoder()
                                .wrapAndApplyHeader(buffer, at, header)
                                .lowestOutstanding();
            case GoodbyeDecoder.TEMPLATE_ID:
                return "goodbye "
                        + new GoodbyeDecoder()
                                .wrapAndApplyHeader(buffer, at, header)
                                .code();
            default:
                return "template " + templateId;
        }
    }

    /** Where a subscription begins, unless it is what the zeros of an older client mean. */
    private static String start(SubscribeDecoder subscribe) {
        final String where =
                switch (subscribe.startAt()) {
                    case NOW -> "";
                    case AT, AFTER ->
                        " " + subscribe.startAt() + " "
                                + new Bookmark(subscribe.journalId(), subscribe.epoch(), subscribe.position());
                    case TIMESTAMP -> " " + subscribe.startAt() + " " + subscribe.timestamp();
                    default -> " " + subscribe.startAt();
                };
        return where + (subscribe.notFound() == NotFound.FAIL ? "" : " else " + subscribe.notFound());
    }

    private static String logon(LogonDecoder logon) {
        final String numbers = "logon incarnation=" + logon.incarnation() + " lowest=" + logon.lowestOutstanding()
                + " next=" + logon.nextSequence() + (logon.options().pretty() ? " pretty" : "");
        final String name = logon.clientName();
        final String user = logon.user();
        final byte[] credential = new byte[logon.credentialLength()];
        logon.getCredential(credential, 0, credential.length);
        return numbers + " name=" + name + " user=" + user + " credential="
                + new String(credential, StandardCharsets.UTF_8);
    }
}
