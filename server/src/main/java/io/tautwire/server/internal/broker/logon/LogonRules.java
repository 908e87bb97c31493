package io.tautwire.server.internal.broker.logon;

import io.tautwire.TautwireException;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.ProtocolException;
import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.MessageHeaderDecoder;
import io.tautwire.codec.topic.ClientNames;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/** What every Logon must meet before anybody is asked about its credential. */
public final class LogonRules {
    /** The namespace there is. */
    public static final String DEFAULT_NAMESPACE = "default";

    /** The protocol version spoken here. */
    public static final int VERSION = MessageHeaderDecoder.SCHEMA_VERSION;

    private LogonRules() {}

    /**
     * Checks all that does not depend on other sessions.
     *
     * @throws ProtocolException where no client may say such a thing.
     * @throws TautwireException with the code to refuse the logon with.
     */
    static void check(LogonRequest request, ListenerTerms terms) {
        checkRanges(request);
        checkVersion(request);
        request.checkNames();
        if (!request.nameSpace().isEmpty() && !request.nameSpace().equals(DEFAULT_NAMESPACE)) {
            throw new TautwireException(
                    Code.NAMESPACE_UNKNOWN,
                    "namespace=" + request.nameSpace() + " is unknown; leave it out, or write " + DEFAULT_NAMESPACE);
        }
        terms.settle(request.messageType());
    }

    /** Whether that can be a user: 1 to 255 bytes in UTF-8 without control characters, for it stands in logs. */
    public static boolean isUser(String user) {
        final byte[] utf8 = user.getBytes(StandardCharsets.UTF_8);
        return ClientNames.fault(new UnsafeBuffer(utf8), 0, utf8.length) < 0;
    }

    private static void checkRanges(LogonRequest request) {
        final boolean isValid = 1 <= request.lowestOutstanding()
                && request.lowestOutstanding() <= request.nextSequence()
                && 1 <= request.versionMin()
                && request.versionMin() <= request.versionMax()
                && FrameDescriptor.MAX_FRAME_BEFORE_LOGON <= request.maxFrame()
                && request.maxFrame() <= FrameDescriptor.MAX_LENGTH;
        if (!isValid) {
            throw new ProtocolException(
                    Code.PROTOCOL_ERROR,
                    "logon out of range: lowestOutstanding=" + request.lowestOutstanding() + " nextSequence="
                            + request.nextSequence() + " versionMin=" + request.versionMin() + " versionMax="
                            + request.versionMax() + " maxFrame=" + request.maxFrame());
        }
    }

    private static void checkVersion(LogonRequest request) {
        if (request.versionMin() > VERSION || request.versionMax() < VERSION) {
            throw new TautwireException(
                    Code.VERSION_UNSUPPORTED,
                    "versionMin=" + request.versionMin() + " versionMax=" + request.versionMax()
                            + "; this server speaks versions " + VERSION + " to " + VERSION
                            + ": use a client that does, too");
        }
    }
}
