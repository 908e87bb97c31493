package io.tautwire.transport.connection;

import java.util.Collection;
import java.util.Locale;

/** Finds the word somebody may have meant. */
final class NearMiss {
    private NearMiss() {}

    /** The accepted word nearest to the one given, or null where none is near. */
    static String of(String given, Collection<String> accepted) {
        final String word = given.toLowerCase(Locale.ROOT).replace('-', '_');
        String nearest = null;
        int least = Integer.MAX_VALUE;
        for (final String candidate : accepted) {
            final int limit = candidate.length() <= 3 ? 1 : candidate.length() <= 9 ? 2 : 3;
            final boolean comparable = Math.abs(word.length() - candidate.length()) <= limit;
            final int edits = comparable ? edits(word, candidate) : Integer.MAX_VALUE;
            if (edits <= limit && edits < least) {
                nearest = candidate;
                least = edits;
            }
        }
        return nearest;
    }

    /** " (did you mean X?)", or nothing where no word is near. */
    static String hint(String given, Collection<String> accepted) {
        final String nearest = of(given, accepted);
        return nearest == null ? "" : " (did you mean " + nearest + "?)";
    }

    /** Insertions, deletions, replacements, and swaps of neighbours: optimal string alignment, Damerau 1964. */
    private static int edits(String a, String b) {
        final int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                final int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                cost[i][j] = Math.min(replaced, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
