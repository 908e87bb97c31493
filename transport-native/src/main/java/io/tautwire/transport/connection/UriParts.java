package io.tautwire.transport.connection;

/**
 * What follows the scheme, cut at its separators and not yet judged.
 *
 * @param userInfo    before the at sign, or null where there is none.
 * @param hosts       between the user and the first slash or question mark.
 * @param path        from the slash on, or empty.
 * @param query       after the question mark, or null where there is none.
 * @param hasStrayAt  whether an at sign stands where none may.
 * @param hasFragment whether there is a number sign.
 */
record UriParts(String userInfo, String hosts, String path, String query, boolean hasStrayAt, boolean hasFragment) {

    static UriParts of(String rest) {
        final int fragmentAt = rest.indexOf('#');
        final String text = fragmentAt < 0 ? rest : rest.substring(0, fragmentAt);
        final int queryAt = text.indexOf('?');
        final String beforeQuery = queryAt < 0 ? text : text.substring(0, queryAt);
        final int pathAt = beforeQuery.indexOf('/');
        final String authority = pathAt < 0 ? beforeQuery : beforeQuery.substring(0, pathAt);
        final int at = authority.lastIndexOf('@');
        return new UriParts(
                at < 0 ? null : authority.substring(0, at),
                authority.substring(at + 1),
                pathAt < 0 ? "" : beforeQuery.substring(pathAt),
                queryAt < 0 ? null : text.substring(queryAt + 1),
                authority.indexOf('@') != at || rest.indexOf('@', authority.length()) >= 0,
                fragmentAt >= 0);
    }
}
