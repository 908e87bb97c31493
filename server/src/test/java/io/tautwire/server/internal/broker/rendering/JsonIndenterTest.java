package io.tautwire.server.internal.broker.rendering;

import static io.tautwire.server.internal.broker.rendering.Rendered.AS_IS;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonIndenterTest {
    private static final String PARTS = "{}[],:\"\\ \n\t0123456789+-.eEtruefalsn/bx";

    private final JsonIndenter indenter = new JsonIndenter();
    private final JsonFactory jackson = new JsonFactory();

    @Test
    void putsEachMemberAndElementOnALineOfItsOwn() {
        assertEquals("""
                {
                  "px": 800.01,
                  "tags": [
                    "a",
                    {
                      "deep": null
                    }
                  ],
                  "open": true
                }""", indented("{\"px\":800.01,\"tags\":[\"a\",{\"deep\":null}],\"open\":true}"));
    }

    @Test
    void keepsWhatIsEmptyOnOneLine() {
        assertEquals("{}", indented(" { } "));
        assertEquals("[]", indented("[\n\n]"));
        assertEquals("[\n  {},\n  []\n]", indented("[{},[ ]]"));
    }

    @Test
    void takesAnyValueAtTheTop() {
        for (final String value : List.of("0", "-1.5e+3", "\"x\"", "true", "false", "null")) {
            assertEquals(value, indented("\t" + value + "\r\n"));
        }
    }

    @Test
    void keepsTheBytesOfEveryToken() {
        final String odd = "[1.0E+2,0.10,-0,123456789012345678901234567890,\"\\u00e9\\/\\\\\\\"\",\""
                + new String("é€𝄞 ,:[]{}".getBytes(UTF_8), ISO_8859_1) + "\"]";
        final String indented = indented(odd);
        assertEquals(withoutBlanks(odd), withoutBlanks(indented));
        assertTrue(indented.contains("\n  1.0E+2,\n  0.10,\n  -0,\n  123456789012345678901234567890,\n"), indented);
    }

    @Test
    void anIndentedTextStaysAsItIs() {
        final String once = indented("{\"a\":[1,{\"b\":[]},\" x \"],\"c\":{\"d\":{}}}");
        assertEquals(once, indented(once));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[",
                "]",
                "[1",
                "[1,",
                "[1,]",
                "[,1]",
                "[1 2]",
                "[1}",
                "{]",
                "{1:2}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{\"a\" 1}",
                "{\"a\":1 \"b\":2}",
                "{,}",
                "1 2",
                "{}{}",
                "[],",
                "nul",
                "nulll",
                "True",
                "01",
                "-",
                "+1",
                "1.",
                ".5",
                "1e",
                "1e+",
                "0x1",
                "NaN",
                "\"",
                "\"\\",
                "\"\\\"",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\u12g4\"",
                "\"a\nb\"",
                "\"\0\"",
                "'a'",
                "// c\n1",
                "\u00ef\u00bb\u00bf{}",
                "hello"
            })
    void leavesAloneWhatIsNotJson(String body) {
        assertEquals(AS_IS, indented(body));
    }

    @Test
    void writesNoFurtherThanItMay() {
        final String body = "{\"a\":[1,true,\"xyz\",{}],\"b\":[]}";
        final String whole = indented(body);
        for (int room = 0; room < whole.length(); room++) {
            assertEquals(AS_IS, Rendered.by(indenter, body, room), "room=" + room);
        }
        assertEquals(whole, Rendered.by(indenter, body, whole.length()));
    }

    @Test
    void leavesAloneWhatIsNestedTooDeep() {
        final int depth = JsonIndenter.MAX_DEPTH;
        final String deepest = "[".repeat(depth) + "]".repeat(depth);
        assertEquals(withoutBlanks(deepest), withoutBlanks(Rendered.by(indenter, deepest, 1 << 20)));
        assertEquals(AS_IS, Rendered.by(indenter, "[" + deepest + "]", 1 << 20));
        assertEquals(AS_IS, Rendered.by(indenter, "[".repeat(100_000), 1 << 20));
    }

    /** Among texts that are nearly JSON, it takes those that a strict parser takes, and moves blanks only. */
    @Test
    void takesWhatAParserTakes() throws IOException {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        int taken = 0;
        for (int i = 0; i < 30_000; i++) {
            final String body = altered(value(random, 0), random);
            final String indented = indented(body);
            assertEquals(isJson(body), indented != AS_IS, () -> "seed=" + seed + " body=" + body);
            if (indented != AS_IS) {
                taken++;
                assertEquals(withoutBlanks(body), withoutBlanks(indented), () -> "seed=" + seed);
                assertEquals(indented, indented(indented), () -> "seed=" + seed);
            }
        }
        assertTrue(taken > 3_000 && taken < 27_000, "taken=" + taken);
    }

    private String indented(String body) {
        return Rendered.by(indenter, body);
    }

    private boolean isJson(String body) throws IOException {
        try (JsonParser parser = jackson.createParser(body)) {
            int values = 0;
            int depth = 0;
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (token.isNumeric()) {
                    parser.getNumberValue();
                }
                parser.getText();
                values += depth == 0 ? 1 : 0;
            }
            return values == 1;
        } catch (final com.fasterxml.jackson.core.JacksonException e) {
            return false;
        }
    }

    /** The text without the blanks between its tokens. */
    private static String withoutBlanks(String json) {
        final StringBuilder kept = new StringBuilder();
        boolean inString = false;
        for (int i = 0; i < json.length(); i++) {
            final char c = json.charAt(i);
            if (inString && c == '\\') {
                kept.append(c).append(json.charAt(++i));
            } else if (inString || " \n\r\t".indexOf(c) < 0) {
                inString ^= c == '"';
                kept.append(c);
            }
        }
        return kept.toString();
    }

    private static String value(Random random, int depth) {
        switch (random.nextInt(depth > 4 ? 5 : 8)) {
            case 0:
                return List.of("true", "false", "null", "0", "-0.0e1", "12.50E-7")
                        .get(random.nextInt(6));
            case 1, 2:
                return "" + random.nextInt(1000);
            case 3, 4:
                return "\""
                        + List.of("", "a b", "\\n", "\\u0041", ",:{", "\\\"").get(random.nextInt(6)) + "\"";
            case 5:
                return "[" + joined(random, depth, false) + "]";
            default:
                return "{" + joined(random, depth, true) + "}";
        }
    }

    private static String joined(Random random, int depth, boolean named) {
        final List<String> parts = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            parts.add((named ? "\"n" + i + "\" :" : "") + value(random, depth + 1));
        }
        return String.join(random.nextBoolean() ? "," : " ,\n ", parts);
    }

    private static String altered(String json, Random random) {
        final StringBuilder text = new StringBuilder(json);
        for (int i = random.nextInt(3); i > 0; i--) {
            final int at = random.nextInt(text.length() + 1);
            final char part = PARTS.charAt(random.nextInt(PARTS.length()));
            if (at == text.length() || random.nextBoolean()) {
                text.insert(at, part);
            } else if (random.nextBoolean()) {
                text.setCharAt(at, part);
            } else {
                text.deleteCharAt(at);
            }
        }
        return text.toString();
    }
}
