package io.tautwire.transport.internal.tls;

import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import javax.naming.InvalidNameException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/**
 * What a certificate says, for messages and logs. It comes from a stranger: it is cut short, and control characters
 * are replaced.
 */
final class CertificateText {
    private static final int MAX_LENGTH = 200;
    private static final int MAX_NAMES = 10;
    private static final int MAX_USER_BYTES = 255;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private CertificateText() {}

    static String subject(X509Certificate certificate) {
        return printable(certificate.getSubjectX500Principal().getName());
    }

    static String issuer(X509Certificate certificate) {
        return printable(certificate.getIssuerX500Principal().getName());
    }

    /** The hosts it is for: its alternative names, or where there are none its subject. */
    static String hosts(X509Certificate certificate) {
        final List<String> names = new ArrayList<>();
        try {
            final Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            for (final List<?> name : all == null ? List.<List<?>>of() : all) {
                final int kind = (Integer) name.get(0);
                if (kind == DNS_NAME || kind == IP_ADDRESS) {
                    names.add(String.valueOf(name.get(1)));
                }
            }
        } catch (CertificateParsingException e) {
            return "names that cannot be read";
        }
        if (names.isEmpty()) {
            return subject(certificate);
        }
        final int left = names.size() - MAX_NAMES;
        return printable(String.join(", ", names.subList(0, Math.min(MAX_NAMES, names.size()))))
                + (left > 0 ? " and " + left + " more" : "");
    }

    /**
     * The common name of a subject. Empty where there is none, or several, for nobody could say which of them is meant,
     * or where it could be no user: longer than 255 bytes of UTF-8, or with control characters.
     */
    static String commonName(X500Principal subject) {
        final String name = onlyCommonName(subject);
        final boolean isTooLong = name.getBytes(StandardCharsets.UTF_8).length > MAX_USER_BYTES;
        return isTooLong || CONTROL.matcher(name).find() ? "" : name;
    }

    private static String onlyCommonName(X500Principal subject) {
        String found = "";
        try {
            for (final Rdn rdn : new LdapName(subject.getName()).getRdns()) {
                final Attribute names = rdn.toAttributes().get("CN");
                for (int i = 0; names != null && i < names.size(); i++) {
                    if (!found.isEmpty() || !(names.get(i) instanceof String)) {
                        return "";
                    }
                    found = (String) names.get(i);
                }
            }
        } catch (InvalidNameException e) {
            return "";
        } catch (NamingException e) {
            throw new IllegalStateException("attributes in memory cannot be read", e);
        }
        return found;
    }

    private static String printable(String text) {
        final String cut = text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "...";
        return CONTROL.matcher(cut).replaceAll("?");
    }
}
