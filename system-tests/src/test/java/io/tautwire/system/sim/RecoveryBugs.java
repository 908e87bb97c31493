package io.tautwire.system.sim;

import io.tautwire.codec.sbe.MessageDecoder;
import io.tautwire.codec.sbe.RefusedDecoder;
import io.tautwire.journal.recovery.FrameVisitor;

/** Planted bugs in what a server makes of its journal when it starts again. */
final class RecoveryBugs {
    private RecoveryBugs() {}

    /** Does not count the messages that are there. */
    static final class NoDedupe extends Parts {
        @Override
        FrameVisitor recoveryVisitor(FrameVisitor visitor) {
            return without(MessageDecoder.TEMPLATE_ID, visitor);
        }
    }

    /** Passes over refusals, so that what lies between two messages counts as one. */
    static final class RefusalsForgotten extends Parts {
        @Override
        FrameVisitor recoveryVisitor(FrameVisitor visitor) {
            return without(RefusedDecoder.TEMPLATE_ID, visitor);
        }
    }

    private static FrameVisitor without(int template, FrameVisitor visitor) {
        return (position, buffer, offset, length, templateId) -> {
            if (templateId != template) {
                visitor.onFrame(position, buffer, offset, length, templateId);
            }
        };
    }
}
