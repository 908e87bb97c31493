package io.tautwire.server.internal.broker.routing;

import io.tautwire.codec.topic.TopicPattern;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Topic patterns as a tree of levels. Finding those that match a topic walks only the branches that the topic's levels
 * lead into, so the cost grows with the patterns that match its beginning and not with all there are.
 *
 * @param <T> what is registered under a pattern.
 */
public final class PatternIndex<T> {
    private static final String ONE_LEVEL = "+";
    private static final String ALL_BELOW = "#";

    private final Node<T> root = new Node<>();

    /** Registers a value under a pattern, once; the same value may be registered under several. */
    public void add(TopicPattern pattern, T value) {
        final String[] levels = levels(pattern.text());
        Node<T> node = root;
        for (int i = 0; i < levels.length; i++) {
            if (ALL_BELOW.equals(levels[i])) {
                node.below.add(value);
                return;
            }
            node = node.children.computeIfAbsent(levels[i], level -> new Node<>());
        }
        node.here.add(value);
    }

    /**
     * Takes back what {@link #add} registered.
     *
     * @return whether it was there.
     */
    public boolean remove(TopicPattern pattern, T value) {
        return remove(root, levels(pattern.text()), 0, value);
    }

    /** Adds to {@code into} what is registered under every pattern that matches this valid topic; in no given order. */
    public void match(String topic, List<T> into) {
        match(root, levels(topic), 0, into);
    }

    /** Whether nothing is registered. */
    public boolean isEmpty() {
        return root.isEmpty();
    }

    private boolean remove(Node<T> node, String[] levels, int depth, T value) {
        if (depth == levels.length) {
            return node.here.remove(value);
        }
        if (ALL_BELOW.equals(levels[depth])) {
            return node.below.remove(value);
        }
        final Node<T> child = node.children.get(levels[depth]);
        if (child == null || !remove(child, levels, depth + 1, value)) {
            return false;
        }
        if (child.isEmpty()) {
            node.children.remove(levels[depth]);
        }
        return true;
    }

    private void match(Node<T> node, String[] levels, int depth, List<T> into) {
        into.addAll(node.below);
        if (depth == levels.length) {
            into.addAll(node.here);
            return;
        }
        final Node<T> literal = node.children.get(levels[depth]);
        if (literal != null) {
            match(literal, levels, depth + 1, into);
        }
        final Node<T> any = node.children.get(ONE_LEVEL);
        if (any != null) {
            match(any, levels, depth + 1, into);
        }
    }

    private static String[] levels(String text) {
        return text.split("/", -1);
    }

    /** One level of one or more patterns. */
    private static final class Node<T> {
        private final Map<String, Node<T>> children = new HashMap<>();
        private final Set<T> here = new LinkedHashSet<>(); // a set, as many may share a pattern and leave it
        private final Set<T> below = new LinkedHashSet<>();

        boolean isEmpty() {
            return children.isEmpty() && here.isEmpty() && below.isEmpty();
        }
    }
}
