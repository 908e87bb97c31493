package io.tautwire.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** Holds {@code docs/protocol.md} to the schema, the flyweights generated from it, and the frames they write. */
class ProtocolPageTest {
    private static final String SBE = "io.tautwire.codec.sbe.";

    private ProtocolPage page;
    private ProtocolSchema schema;

    @BeforeEach
    void readBoth() throws Exception {
        page = ProtocolPage.read();
        schema = ProtocolSchema.read();
    }

    @Test
    void namesEveryTemplateWithIdAndBlockLength() throws Exception {
        final List<String> expected = new ArrayList<>();
        for (final Element message : schema.messages()) {
            final Class<?> encoder = encoderOf(message);
            expected.add(message.getAttribute("name") + " " + constant(encoder, "TEMPLATE_ID") + " "
                    + constant(encoder, "BLOCK_LENGTH"));
        }
        final List<String> onPage = new ArrayList<>();
        for (final Matcher heading : page.headings("(\\w+): template (\\d+), block (\\d+) bytes")) {
            onPage.add(heading.group(1) + " " + heading.group(2) + " " + heading.group(3));
        }
        assertEquals(expected, onPage);
    }

    @Test
    void listsEveryTemplateInItsOverview() {
        final List<String> expected = new ArrayList<>();
        for (final Element message : schema.messages()) {
            expected.add(message.getAttribute("id") + " " + message.getAttribute("name") + " "
                    + (message.getAttribute("description").endsWith("Stamped") ? "yes" : "no"));
        }
        final List<String> onPage = new ArrayList<>();
        for (final String[] row : page.table("## 4. Templates")) {
            onPage.add(row[0] + " " + row[1] + " " + row[3]);
        }
        assertEquals(expected, onPage);
    }

    @Test
    void givesEveryPartOfATemplateItsPlaceAndType() throws Exception {
        for (final Element message : schema.messages()) {
            final Class<?> encoder = encoderOf(message);
            final String heading = "### " + message.getAttribute("name") + ": template " + message.getAttribute("id")
                    + ", block " + constant(encoder, "BLOCK_LENGTH") + " bytes";
            final List<String> onPage = new ArrayList<>();
            for (final String[] row : page.table(heading)) {
                onPage.add(String.join("|", row[0], row[1], row[2], row[3]));
            }
            assertEquals(partsOf(message, encoder), onPage, heading);
        }
    }

    @Test
    void listsEveryValueOfEnumerationsAndSets() {
        for (final String name : new String[] {
            "AckLevel (uint8)",
            "NoticeKind (uint8)",
            "PublisherState (uint8)",
            "StartAt (uint8)",
            "NotFound (uint8)",
            "BookmarkChange (uint8)",
            "LogonOptions (uint8)",
            "DeliverFlags (uint8)",
            "Code (uint16)"
        }) {
            final List<String> onPage = new ArrayList<>();
            for (final String[] row : page.table("### " + name)) {
                onPage.add(row[0] + " " + row[1]);
            }
            assertEquals(schema.values(name.substring(0, name.indexOf(' '))), onPage, name);
        }
    }

    @Test
    void placesTheFrameHeadersFieldsAsTheDescriptorDoes() {
        final List<String> onPage = new ArrayList<>();
        for (final String[] row : page.table("### 2.1 Layout")) {
            onPage.add(row[0] + " " + row[1]);
        }
        assertEquals(
                List.of(
                        FrameDescriptor.LENGTH_OFFSET + " length",
                        FrameDescriptor.CONTENT_CHECKSUM_OFFSET + " content checksum",
                        FrameDescriptor.STAMP_CHECKSUM_OFFSET + " stamp checksum",
                        FrameDescriptor.FLAGS_OFFSET + " flags",
                        FrameDescriptor.BLOCK_LENGTH_OFFSET + " block length",
                        FrameDescriptor.TEMPLATE_ID_OFFSET + " template id",
                        FrameDescriptor.SCHEMA_ID_OFFSET + " schema id",
                        FrameDescriptor.VERSION_OFFSET + " version",
                        FrameDescriptor.BLOCK_OFFSET + " block"),
                onPage);
    }

    @Test
    void showsTheBytesThatTheCodecWrites() {
        final Map<String, byte[]> onPage = page.examples();
        final Map<String, byte[]> written = ProtocolExamples.all();
        assertEquals(List.copyOf(written.keySet()), List.copyOf(onPage.keySet()));
        written.forEach((name, bytes) -> assertEquals(hex(bytes), hex(onPage.get(name)), name));
    }

    private static List<String> partsOf(Element message, Class<?> encoder) throws Exception {
        final List<String> parts = new ArrayList<>();
        int varData = 0;
        for (final Element part : ProtocolSchema.parts(message)) {
            final String name = part.getAttribute("name");
            if (part.getNodeName().equals("data")) {
                parts.add("var " + ++varData + "||" + name + "|" + part.getAttribute("type"));
            } else if (part.getNodeName().equals("group")) {
                final int frameOffset = FrameDescriptor.BLOCK_OFFSET + constant(encoder, "BLOCK_LENGTH");
                parts.add("group|" + frameOffset + "|" + name + "|" + part.getAttribute("dimensionType"));
                addEntry(parts, part);
            } else {
                final int offset =
                        (int) encoder.getMethod(name + "EncodingOffset").invoke(null);
                final int frameOffset = FrameDescriptor.BLOCK_OFFSET + offset;
                parts.add(offset + "|" + frameOffset + "|" + name + "|" + part.getAttribute("type"));
            }
        }
        return parts;
    }

    private static void addEntry(List<String> parts, Element group) {
        final List<Element> fields = ProtocolSchema.parts(group);
        assertTrue(fields.size() == 1, "the page's group table knows entries of one field");
        parts.add("entry 0||" + fields.get(0).getAttribute("name") + "|"
                + fields.get(0).getAttribute("type"));
    }

    private static Class<?> encoderOf(Element message) throws ClassNotFoundException {
        return Class.forName(SBE + message.getAttribute("name") + "Encoder");
    }

    private static int constant(Class<?> encoder, String name) throws ReflectiveOperationException {
        return encoder.getField(name).getInt(null);
    }

    private static String hex(byte[] bytes) {
        final StringBuilder hex = new StringBuilder();
        for (int i = 0; i < bytes.length; i++) {
            hex.append(i % 16 == 0 ? "\n" : " ").append(String.format("%02x", bytes[i]));
        }
        return hex.toString();
    }
}
