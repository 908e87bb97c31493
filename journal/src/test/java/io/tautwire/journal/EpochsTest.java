package io.tautwire.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class EpochsTest {
    @Test
    void theCurrentEpochHasNoEnd() {
        assertEquals(Long.MAX_VALUE, Epochs.first(3).end(3));
    }

    @Test
    void anEpochEndsWhereTheNextBegins() {
        final Epochs epochs = Epochs.first(0).with(1, 800).with(4, 1600);
        assertEquals(800, epochs.end(0));
        assertEquals(1600, epochs.end(1));
        assertEquals(Long.MAX_VALUE, epochs.end(4));
        assertEquals(4, epochs.current());
    }

    @Test
    void anEpochEndsEarlierWhereALaterOneWentBackBehindTheNext() {
        final Epochs epochs = Epochs.first(0).with(1, 800).with(2, 400);
        assertEquals(400, epochs.end(0));
        assertEquals(400, epochs.end(1));
    }

    @Test
    void knowsOnlyEpochsThatThereWere() {
        final Epochs epochs = Epochs.first(0).with(2, 8);
        assertTrue(epochs.contains(0));
        assertFalse(epochs.contains(1));
        assertFalse(epochs.contains(3));
        assertThrows(IllegalArgumentException.class, () -> epochs.end(1));
        assertThrows(IllegalArgumentException.class, () -> epochs.with(2, 16));
    }

    @Test
    void listsThemInOrder() {
        final Epochs epochs = Epochs.first(0).with(2, 8);
        assertEquals(2, epochs.count());
        assertEquals(2, epochs.epoch(1));
        assertEquals(8, epochs.start(1));
        assertEquals("epochs=0@0,2@8", epochs.toString());
        assertEquals(Epochs.first(0).with(2, 8), epochs);
        assertEquals(Epochs.first(0).with(2, 8).hashCode(), epochs.hashCode());
    }
}
