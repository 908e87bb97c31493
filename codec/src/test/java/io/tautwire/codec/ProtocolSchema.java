package io.tautwire.codec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** The SBE schema file, as written: what the templates, their parts, the enumerations and sets are called, in order. */
final class ProtocolSchema {
    private final Element root;

    private ProtocolSchema(Element root) {
        this.root = root;
    }

    static ProtocolSchema read() throws Exception {
        final Path file = Path.of("src", "main", "sbe", "tautwire.xml");
        return new ProtocolSchema(DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file.toFile())
                .getDocumentElement());
    }

    List<Element> messages() {
        return children(root, "sbe:message");
    }

    /** Parts of a message in order: its fields, groups and var data. */
    static List<Element> parts(Element message) {
        return children(message, null);
    }

    /** Numbers and names of an enumeration, or of a set's bits, as {@code number name}, in order. */
    List<String> values(String typeName) {
        final List<String> values = new ArrayList<>();
        for (final Element type : children(children(root, "types").get(0), null)) {
            if (type.getAttribute("name").equals(typeName)) {
                for (final Element value : children(type, null)) {
                    values.add(value.getTextContent().trim() + " " + value.getAttribute("name"));
                }
            }
        }
        return values;
    }

    private static List<Element> children(Element parent, String name) {
        final List<Element> elements = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element && (name == null || node.getNodeName().equals(name))) {
                elements.add((Element) node);
            }
        }
        return elements;
    }
}
