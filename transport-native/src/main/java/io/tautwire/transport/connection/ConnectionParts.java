package io.tautwire.transport.connection;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a connection string says, decoded.
 *
 * @param scheme       how the bytes travel.
 * @param side         whose string it is.
 * @param user         or empty.
 * @param password     or empty.
 * @param hosts        immutable; may be empty for Unix sockets.
 * @param protocol     the word.
 * @param messageTypes immutable, in their order.
 * @param options      those given, in the order of declaration; never changed once here.
 */
record ConnectionParts(
        Scheme scheme,
        Side side,
        String user,
        String password,
        List<HostPort> hosts,
        String protocol,
        List<String> messageTypes,
        Map<ConnectionOption, String> options) {

    ConnectionParts withHosts(List<HostPort> others) {
        return new ConnectionParts(scheme, side, user, password, others, protocol, messageTypes, options);
    }

    ConnectionParts with(ConnectionOption option, String value) {
        final Map<ConnectionOption, String> changed = new EnumMap<>(ConnectionOption.class);
        changed.putAll(options);
        changed.put(option, value);
        return new ConnectionParts(scheme, side, user, password, hosts, protocol, messageTypes, changed);
    }

    /** As the string would stand, with its secrets masked. */
    String masked() {
        final StringBuilder text = new StringBuilder(scheme.word()).append("://");
        if (!user.isEmpty() || !password.isEmpty()) {
            text.append(Mask.userInfo(PercentCoding.encodeWord(user), !password.isEmpty()));
        }
        text.append(hosts.stream().map(HostPort::toString).collect(Collectors.joining(",")));
        if (!messageTypes.isEmpty() || !protocol.equals(ConnectionString.PROTOCOL)) {
            text.append('/').append(protocol);
        } else if (hosts.isEmpty()) {
            text.append('/');
        }
        if (!messageTypes.isEmpty()) {
            text.append('/');
            text.append(messageTypes.stream().map(PercentCoding::encodeWord).collect(Collectors.joining(",")));
        }
        char separator = '?';
        for (final Map.Entry<ConnectionOption, String> option : options.entrySet()) {
            text.append(separator).append(option.getKey().optionName()).append('=');
            text.append(PercentCoding.encode(option.getValue()));
            separator = '&';
        }
        return text.toString();
    }

    /** Masked: the record's own form would show the password. */
    @Override
    public String toString() {
        return masked();
    }
}
