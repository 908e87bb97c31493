package io.tautwire.codec;

import java.io.File;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.sbe.MessageDecoderFlyweight;
import org.agrona.sbe.MessageEncoderFlyweight;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * A template as the schema file tells it, written and read through the generated flyweights by the names of its fields:
 * so that a template added to the schema is tested without another line of code. Values are Long, the name of an enum's
 * value, String for text, ByteBuffer for bytes, and a List of Long for the group.
 */
final class Template {
    /** A field, group or var data. */
    record Part(String name, String type) {
        boolean isText() {
            return type.equals("varText");
        }
    }

    static final List<Template> ALL = parse();

    final String name;
    final int id;
    final List<Part> fields = new ArrayList<>();
    final List<Part> groups = new ArrayList<>();
    final List<Part> data = new ArrayList<>();

    private Template(Element message) {
        name = message.getAttribute("name");
        id = Integer.parseInt(message.getAttribute("id"));
        final Map<String, List<Part>> parts = Map.of("field", fields, "group", groups, "data", data);
        for (Node node = message.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element part) {
                parts.get(part.getTagName()).add(new Part(part.getAttribute("name"), part.getAttribute("type")));
            }
        }
    }

    private static List<Template> parse() {
        try {
            final NodeList messages = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new File("src/main/sbe/tautwire.xml"))
                    .getElementsByTagName("sbe:message");
            final List<Template> templates = new ArrayList<>();
            for (int i = 0; i < messages.getLength(); i++) {
                templates.add(new Template((Element) messages.item(i)));
            }
            return List.copyOf(templates);
        } catch (final Exception e) {
            throw new AssertionError(e);
        }
    }

    static Template named(String name) {
        return ALL.stream().filter(it -> it.name.equals(name)).findFirst().orElseThrow();
    }

    static Template of(int id) {
        return ALL.stream().filter(it -> it.id == id).findFirst().orElseThrow();
    }

    FrameShape shape() {
        return FrameShape.of(id);
    }

    boolean isStamped() {
        return shape().flags() == FrameDescriptor.FLAG_STAMPED;
    }

    /** A frame in its own array, padding included. */
    byte[] encode(Map<String, Object> values) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        return Bytes.copy(buffer, 0, encode(values, buffer, 0));
    }

    /** Writes a frame, and stamps it when there is a position or a timestamp. Returns the bytes it takes up. */
    int encode(Map<String, Object> values, MutableDirectBuffer buffer, int offset) {
        final FrameWriter writer = new FrameWriter();
        final MessageEncoderFlyweight encoder = writer.begin(Flyweights.create(name + "Encoder"), buffer, offset);
        for (final Part field : fields) {
            if (!isOfStamp(field)) {
                Flyweights.setField(encoder, field.name, values.get(field.name));
            }
        }
        for (final Part group : groups) {
            encodeGroup(encoder, group, (List<?>) values.get(group.name));
        }
        for (final Part part : data) {
            Flyweights.setData(encoder, part.name, values.get(part.name));
        }
        final int aligned = writer.end(encoder, shape().flags());
        if (isStamped()) {
            stamp((Long) values.get("position"), (Long) values.get("timestamp"), buffer, offset);
        }
        return aligned;
    }

    /** All values of a frame, in the schema's order. */
    Map<String, Object> decode(DirectBuffer buffer, int offset) {
        final MessageDecoderFlyweight decoder = Flyweights.create(name + "Decoder");
        final int blockLength = FrameDescriptor.blockLength(buffer, offset);
        final int version = FrameDescriptor.version(buffer, offset);
        decoder.wrap(buffer, offset + FrameDescriptor.BLOCK_OFFSET, blockLength, version);
        final Map<String, Object> values = new LinkedHashMap<>();
        for (final Part field : fields) {
            values.put(field.name, Flyweights.field(decoder, field.name));
        }
        for (final Part group : groups) {
            values.put(group.name, decodeGroup(Flyweights.call(decoder, group.name)));
        }
        for (final Part part : data) {
            values.put(
                    part.name,
                    part.isText() ? Flyweights.text(decoder, part.name) : Flyweights.bytes(decoder, part.name));
        }
        final int end = offset + FrameDescriptor.length(buffer, offset);
        if (decoder.limit() != end) {
            throw new AssertionError(name + " is decoded to limit=" + decoder.limit() + " but ends at " + end);
        }
        return values;
    }

    private boolean isOfStamp(Part field) {
        return isStamped() && (field.name.equals("position") || field.name.equals("timestamp"));
    }

    private static void stamp(long position, long timestamp, MutableDirectBuffer buffer, int offset) {
        if ((position | timestamp) != 0) {
            new FrameChecksum().stamp(buffer, offset, position, timestamp);
        }
    }

    private static void encodeGroup(Object encoder, Part group, List<?> ids) {
        final Object entries = Flyweights.call(encoder, group.name + "Count", ids.size());
        for (final Object id : ids) {
            Flyweights.call(Flyweights.call(entries, "next"), "subscriptionId", id);
        }
    }

    private static List<Object> decodeGroup(Object entries) {
        final List<Object> ids = new ArrayList<>();
        while ((Boolean) Flyweights.call(entries, "hasNext")) {
            ids.add(Flyweights.field(Flyweights.call(entries, "next"), "subscriptionId"));
        }
        return ids;
    }

    @Override
    public String toString() {
        return name;
    }
}
