package io.tautwire.cli.ping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tautwire.TautwireException;
import io.tautwire.client.Publication;
import io.tautwire.codec.sbe.Code;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RoundTripsTest {
    private final Deque<Long> results = new ArrayDeque<>();
    private final RoundTrips trips = new ReceiveDriven(results::pop, 0, 2);

    @Test
    void anAnswerQuickerThanItsPublisherIsNoFailure() {
        results.addAll(List.of(1L, Publication.BUSY, Publication.BUSY, 2L));
        trips.start();
        trips.onAnswer();
        trips.onAnswer();
        assertEquals(2, trips.done().join().getTotalCount());
        assertEquals(List.of(), List.copyOf(results));
    }

    @Test
    void aBusyPublicationIsLeftWhenTheLoopHasEnded() {
        results.add(Publication.BUSY);
        trips.fail(new TautwireException(Code.INTERRUPTED, "ended by the user"));
        trips.start();
        assertEquals(Code.INTERRUPTED, failure().code());
    }

    @ParameterizedTest
    @CsvSource({"-1, BACK_PRESSURED", "-3, CLOSED", "-4, MESSAGE_TOO_LARGE"})
    void whatCannotBePublishedEndsTheLoopByName(long result, Code code) {
        results.add(result);
        trips.start();
        assertEquals(code, failure().code());
    }

    private TautwireException failure() {
        return (TautwireException)
                assertThrows(CompletionException.class, () -> trips.done().join())
                        .getCause();
    }
}
