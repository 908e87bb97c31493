package io.tautwire.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** What a reader makes of some bytes. Its buffers end where the bytes do, so a read past them fails the test. */
final class Reading {
    final FrameReader reader;
    final List<byte[]> frames = new ArrayList<>();
    private final List<Integer> templateIds = new ArrayList<>();
    int consumed;

    Reading(int maxFrame) {
        reader = new FrameReader(maxFrame);
    }

    /** Reads all bytes at once. */
    static Reading of(byte[] bytes) {
        final Reading reading = new Reading(FrameDescriptor.MAX_LENGTH);
        reading.feed(bytes);
        return reading;
    }

    /** Gives the reader an array of its own with these bytes; returns those left over. */
    byte[] feed(byte[] bytes) {
        final int taken = reader.read(new UnsafeBuffer(bytes.clone()), 0, bytes.length, this::onFrame);
        consumed += taken;
        return Arrays.copyOfRange(bytes, taken, bytes.length);
    }

    List<Integer> templateIds() {
        return templateIds;
    }

    private boolean onFrame(int templateId, DirectBuffer buffer, int offset, int length) {
        templateIds.add(templateId);
        frames.add(Bytes.copy(buffer, offset, length));
        return true;
    }
}
