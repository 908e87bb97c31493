package io.tautwire.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.cli.terminal.Stop;
import io.tautwire.cli.terminal.Terminal;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class WordsTest {
    private static final String SUBSTITUTE = "tcp://substitute:1";

    private static Words of(String substitute, String... words) {
        final Map<String, String> environment = substitute == null ? Map.of() : Map.of(Words.VARIABLE, substitute);
        final Terminal terminal = new Terminal(
                InputStream.nullInputStream(), System.out, System.err, false, environment, new Stop(), null);
        return Words.of(List.of(words), terminal, List.of("TOPIC", "FILE"), 1);
    }

    @Test
    void theVariableStandsForAMissingUri() {
        assertEquals(new Words(SUBSTITUTE, List.of("topic", "file")), of(SUBSTITUTE, "topic", "file"));
        assertEquals(new Words(SUBSTITUTE, List.of("a/b")), of(SUBSTITUTE, "a/b"));
    }

    @Test
    void aUriThatIsGivenWins() {
        assertEquals(new Words("unix:///?path=/x", List.of("topic")), of(SUBSTITUTE, "unix:///?path=/x", "topic"));
    }

    @Test
    void withoutTheVariableTheFirstWordIsTheUri() {
        assertEquals(new Words("a", List.of("b")), of(null, "a", "b"));
        assertEquals(new Words("a", List.of("b")), of(" ", "a", "b"));
    }

    @Test
    void anEmptyUriIsASlipAlsoWithTheVariable() {
        assertTrue(assertThrows(UsageException.class, () -> of(SUBSTITUTE, "", "topic"))
                .getMessage()
                .contains("uri"));
    }

    @Test
    void saysWhichWordIsMissing() {
        assertEquals(
                "no TOPIC given",
                assertThrows(UsageException.class, () -> of(SUBSTITUTE, SUBSTITUTE))
                        .getMessage());
    }
}
