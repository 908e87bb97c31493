package io.tautwire.cli;

import io.tautwire.cli.terminal.Terminal;
import java.util.List;

/**
 * The words of a command line that are no options: a connection string, which {@code TAUTWIRE_URI} may stand in for,
 * and what follows it. With the variable set, the first word is taken as a connection string only when it looks like
 * one: it holds {@code ://}, or it is empty, which is a slip rather than a topic.
 *
 * @param uri  the connection string as written.
 * @param rest the words after it.
 */
record Words(String uri, List<String> rest) {
    /** Stands in for a missing connection string. */
    static final String VARIABLE = "TAUTWIRE_URI";

    /**
     * Tells the words apart.
     *
     * @param words    as given; null when there are none.
     * @param terminal whose environment stands in.
     * @param names    of the words after the connection string, for messages.
     * @param needed   how many of those must be there.
     */
    static Words of(List<String> words, Terminal terminal, List<String> names, int needed) {
        final List<String> given = words == null ? List.of() : words;
        final String substitute = terminal.environment().getOrDefault(VARIABLE, "");
        final boolean uriGiven = !given.isEmpty()
                && (substitute.isBlank()
                        || given.get(0).isBlank()
                        || given.get(0).contains("://"));
        final String uri = uriGiven ? given.get(0) : substitute;
        if (uri.isBlank()) {
            throw new UsageException("the uri is " + (uriGiven ? "empty" : "missing")
                    + "; give one such as tcp://localhost:9007, or set " + VARIABLE);
        }
        final List<String> rest = uriGiven ? given.subList(1, given.size()) : given;
        if (rest.size() < needed) {
            throw new UsageException("no " + names.get(rest.size()) + " given");
        }
        if (rest.size() > names.size()) {
            throw new UsageException("too many words, from '" + rest.get(names.size()) + "' on");
        }
        return new Words(uri, rest);
    }
}
