package io.tautwire.system.sim;

import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.sbe.AckDecoder;
import io.tautwire.codec.sbe.AckEncoder;
import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.GoodbyeDecoder;
import io.tautwire.codec.sbe.LogonReplyDecoder;
import io.tautwire.codec.sbe.MessageHeaderDecoder;
import io.tautwire.transport.wire.WireHandler;
import java.util.function.Supplier;
import org.agrona.MutableDirectBuffer;

/** Faults that the simulation must find: each is a world with one of its {@link Parts} exchanged for a wrong one. */
enum PlantedBug {
    /** Acknowledged is what is not forced. */
    ACK_BEFORE_SYNC(DiskBugs.AckBeforeSync::new),

    /** Acknowledged is more than what was forced. */
    ACK_BEYOND_SYNCED(DiskBugs.AckBeyondSynced::new),

    /** What was torn stays behind the tail. */
    TAIL_NOT_CUT(DiskBugs.TailNotCut::new),

    /** Files are durable, their names are not. */
    NAMES_NOT_FORCED(DiskBugs.NamesNotForced::new),

    /** What was appended before a restart is appended again. */
    NO_DEDUPE_AFTER_RESTART(RecoveryBugs.NoDedupe::new),

    /** A refusal from before a restart is told as a success. */
    REFUSAL_FORGOTTEN_BY_RESTART(RecoveryBugs.RefusalsForgotten::new),

    /** A subscriber that comes back misses one message. */
    REPLAY_OFF_BY_ONE(ReplayBugs.OffByOne::new),

    /** A subscriber comes back with a bookmark that names another message now. */
    OLD_EPOCH_ACCEPTED(ReplayBugs.OldEpochAccepted::new),

    /** A refusal is told as a success. */
    REFUSAL_FOLDED_INTO_SUCCESS(RefusalFolded::new),

    /** Whoever is replaced goes on as before. */
    STALE_SESSION_KEPT(StaleSession::new),

    /** After a logon nothing is sent again. */
    STORE_NOT_RESENT(StoreNotResent::new),

    /** What a store in files took goes with the process. */
    STORE_LOST_WITH_PROCESS(DiskBugs.StoreLost::new),

    /** Two holders of one name count their commands as one. */
    HOLDERS_MIXED(HoldersMixed::new);

    private final Supplier<Parts> parts;

    PlantedBug(Supplier<Parts> parts) {
        this.parts = parts;
    }

    Parts parts() {
        return parts.get();
    }

    private static final class RefusalFolded extends Parts {
        @Override
        WireHandler clientEnd(ClientLife client, WireHandler session) {
            return new FrameFilter(session) {
                @Override
                boolean pass(int templateId, MutableDirectBuffer buffer, int offset) {
                    if (templateId == AckDecoder.TEMPLATE_ID) {
                        buffer.putShort(
                                offset + FrameDescriptor.BLOCK_OFFSET + AckEncoder.codeEncodingOffset(),
                                (short) Code.OK.value(),
                                AckEncoder.BYTE_ORDER);
                    }
                    return true;
                }
            };
        }
    }

    private static final class StaleSession extends Parts {
        private final GoodbyeDecoder goodbye = new GoodbyeDecoder();
        private final MessageHeaderDecoder header = new MessageHeaderDecoder();

        @Override
        WireHandler clientEnd(ClientLife client, WireHandler session) {
            return new FrameFilter(session) {
                private boolean isReplaced;

                @Override
                boolean pass(int templateId, MutableDirectBuffer buffer, int offset) {
                    isReplaced |= templateId == GoodbyeDecoder.TEMPLATE_ID
                            && goodbye.wrapAndApplyHeader(buffer, offset + FrameDescriptor.HEADER_OFFSET, header)
                                            .code()
                                    == Code.SESSION_REPLACED;
                    return !isReplaced;
                }

                @Override
                public void onClosed(Throwable cause) {
                    if (!isReplaced) {
                        super.onClosed(cause);
                    }
                }
            };
        }
    }

    private static final class StoreNotResent extends Parts {
        @Override
        WireHandler clientEnd(ClientLife client, WireHandler session) {
            return new FrameFilter(session) {
                @Override
                boolean pass(int templateId, MutableDirectBuffer buffer, int offset) {
                    if (templateId == LogonReplyDecoder.TEMPLATE_ID) {
                        final int at =
                                offset + FrameDescriptor.BLOCK_OFFSET + LogonReplyDecoder.lastAppendedEncodingOffset();
                        buffer.putLong(at, client.offered(), LogonReplyDecoder.BYTE_ORDER);
                    }
                    return true;
                }
            };
        }
    }

    private static final class HoldersMixed extends Parts {
        @Override
        long incarnation(String clientName, Chance chance) {
            return clientName.hashCode();
        }
    }
}
