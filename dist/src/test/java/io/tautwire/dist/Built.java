package io.tautwire.dist;

import java.nio.file.Path;

/** What the build tells the tests of itself. */
final class Built {
    private Built() {}

    /** The version of everything. */
    static String version() {
        return said("tautwire.version");
    }

    /** The archive. */
    static Path archive() {
        return Path.of(said("tautwire.archive"));
    }

    /** Where the modules are. */
    static Path root() {
        return Path.of(said("tautwire.root"));
    }

    static String said(String property) {
        final String value = System.getProperty(property, "");
        if (value.isBlank()) {
            throw new AssertionError(property + " is not set: these tests run in the build, with `mvn verify`");
        }
        return value;
    }
}
