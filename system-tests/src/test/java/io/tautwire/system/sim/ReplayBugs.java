package io.tautwire.system.sim;

import static io.tautwire.codec.FrameDescriptor.BLOCK_OFFSET;
import static io.tautwire.codec.FrameDescriptor.HEADER_OFFSET;

import io.tautwire.codec.sbe.MessageHeaderDecoder;
import io.tautwire.codec.sbe.StartAt;
import io.tautwire.codec.sbe.SubscribeDecoder;
import io.tautwire.transport.wire.WireHandler;
import org.agrona.MutableDirectBuffer;

/** Planted bugs in where subscriptions go on. */
final class ReplayBugs {
    private ReplayBugs() {}

    /** Begins one message too late. */
    static final class OffByOne extends Parts {
        @Override
        WireHandler serverEnd(ServerLife server, WireHandler session) {
            return new Resuming(session) {
                @Override
                void change(MutableDirectBuffer buffer, int block, long position) {
                    final JournalView view = server.view();
                    final int next = view.indexOf(position + 1);
                    if (next < view.entries().size()) {
                        buffer.putLong(
                                block + SubscribeDecoder.positionEncodingOffset(),
                                view.entries().get(next).position(),
                                SubscribeDecoder.BYTE_ORDER);
                    }
                }
            };
        }
    }

    /** Takes a position of any epoch for one of its own. */
    static final class OldEpochAccepted extends Parts {
        @Override
        WireHandler serverEnd(ServerLife server, WireHandler session) {
            return new Resuming(session) {
                @Override
                void change(MutableDirectBuffer buffer, int block, long position) {
                    buffer.putInt(
                            block + SubscribeDecoder.epochEncodingOffset(),
                            server.epoch(),
                            SubscribeDecoder.BYTE_ORDER);
                }
            };
        }
    }

    /** Changes where a subscription goes on. */
    private abstract static class Resuming extends FrameFilter {
        private final SubscribeDecoder subscribe = new SubscribeDecoder();
        private final MessageHeaderDecoder header = new MessageHeaderDecoder();

        Resuming(WireHandler session) {
            super(session);
        }

        /** Goes on after the message at a position; the block of fields begins at {@code block}. */
        abstract void change(MutableDirectBuffer buffer, int block, long position);

        @Override
        final boolean pass(int templateId, MutableDirectBuffer buffer, int offset) {
            if (templateId == SubscribeDecoder.TEMPLATE_ID
                    && subscribe
                                    .wrapAndApplyHeader(buffer, offset + HEADER_OFFSET, header)
                                    .startAt()
                            == StartAt.AFTER) {
                change(buffer, offset + BLOCK_OFFSET, subscribe.position());
            }
            return true;
        }
    }
}
