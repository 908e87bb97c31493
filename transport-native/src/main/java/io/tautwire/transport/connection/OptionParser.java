package io.tautwire.transport.connection;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the options of one string. */
final class OptionParser {
    private final Scheme scheme;
    private final Side side;
    private final Faults faults;
    private final Set<ConnectionOption> seen = EnumSet.noneOf(ConnectionOption.class);
    private final Map<ConnectionOption, String> texts = new EnumMap<>(ConnectionOption.class);
    private boolean isListGiven;

    /** For a string of this scheme, or null where it is unknown: then no option is out of place. */
    OptionParser(Scheme scheme, Side side, Faults faults) {
        this.scheme = scheme;
        this.side = side;
        this.faults = faults;
    }

    /** The texts of the options given, decoded; each is accepted by its type unless a fault was added. */
    Map<ConnectionOption, String> parse(String query) {
        if (query != null && !query.isEmpty()) {
            for (final String part : query.split("&", -1)) {
                option(part);
            }
        }
        requireWhatIsMissing();
        return texts;
    }

    private void option(String part) {
        final int equals = part.indexOf('=');
        final String name = equals < 0 ? part : part.substring(0, equals);
        final ConnectionOption option = ConnectionOption.of(name);
        if (part.isEmpty()) {
            faults.add("an option is empty: accepted is option=value, divided by single &");
        } else if (option == null) {
            unknown(name);
        } else if (!seen.add(option)) {
            faults.add("option " + name + " is repeated: accepted is each option once");
        } else {
            requireApplicable(option);
            value(option, equals < 0 ? "" : part.substring(equals + 1));
        }
    }

    private void unknown(String name) {
        final String quoted = faults.mask().quoteName(name);
        final String hint = quoted.equals(name) ? NearMiss.hint(name, ConnectionOption.names(scheme, side)) : "";
        final String list =
                isListGiven ? "" : ": accepted are " + String.join(", ", ConnectionOption.names(scheme, side));
        isListGiven = true;
        faults.add("unknown option " + quoted + hint + list);
    }

    private void requireApplicable(ConnectionOption option) {
        if (scheme != null && !option.schemes().contains(scheme)) {
            faults.add("option " + option.optionName() + " does not apply to " + scheme.word() + ": accepted with "
                    + option.schemes().stream().map(Scheme::word).collect(Collectors.joining(", ")));
        }
        if (!option.side().includes(side)) {
            faults.add("option " + option.optionName() + " does not apply to a " + side.word()
                    + "'s string: accepted in a " + option.side().word() + "'s");
        }
    }

    private void value(ConnectionOption option, String encoded) {
        final String name = option.optionName();
        final boolean isDivided = encoded.indexOf('?') >= 0;
        if (isDivided) {
            faults.add(
                    "option " + name + " holds a second ?: options are divided by &, and ? in a value is written %3F");
        }
        final String text = isDivided ? null : faults.decode("option " + name, encoded);
        if (text == null) {
            return;
        }
        try {
            option.type().reader().apply(text);
            texts.put(option, text);
        } catch (final IllegalArgumentException e) {
            faults.add(name + "=" + faults.mask().quote(encoded) + " is a bad value"
                    + NearMiss.hint(text, option.type().words()) + ": accepted is " + option.accepted());
        }
    }

    private void requireWhatIsMissing() {
        if (scheme == Scheme.UNIX && !seen.contains(ConnectionOption.PATH)) {
            faults.add(
                    "option path is missing: the socket file is named by it, as in unix:///?path=/tmp/tautwire.sock");
        }
        final boolean isRequired = scheme == Scheme.TCPS && side == Side.LISTENER;
        final boolean hasCert = seen.contains(ConnectionOption.TLS_CERT);
        final boolean hasKey = seen.contains(ConnectionOption.TLS_KEY);
        if (!hasCert && (isRequired || hasKey)) {
            faults.add("option tls_cert is missing: it names the PEM file of the certificate chain");
        }
        if (!hasKey && (isRequired || hasCert)) {
            faults.add("option tls_key is missing: it names the PEM file of the key to tls_cert");
        }
        if (isRequired) {
            requireAuthoritiesOfClients();
        }
        final String store = texts.getOrDefault(ConnectionOption.STORE, ConnectionString.MEMORY_STORE);
        if (store.equals(ConnectionString.MEMORY_STORE) && "true".equals(texts.get(ConnectionOption.STORE_SYNC))) {
            faults.add("option store is missing: store_sync=true is about the files of a publish store; write"
                    + " store=DIRECTORY, or leave store_sync out");
        }
    }

    /** Neither means anything alone, and the system's authorities would let clients of anybody in. */
    private void requireAuthoritiesOfClients() {
        final boolean asksClients =
                !texts.getOrDefault(ConnectionOption.TLS_CLIENT_AUTH, "none").equals("none");
        final boolean hasAuthorities = seen.contains(ConnectionOption.TLS_CA);
        if (asksClients && !hasAuthorities) {
            faults.add("option tls_ca is missing: it names the PEM file of the authorities whose client certificates"
                    + " are accepted, and tls_client_auth asks for them");
        }
        if (hasAuthorities && !asksClients && !seen.contains(ConnectionOption.TLS_CLIENT_AUTH)) {
            faults.add("option tls_client_auth is missing: a listener has tls_ca for client certificates; write"
                    + " tls_client_auth=optional or tls_client_auth=required, or leave tls_ca out");
        }
    }
}
