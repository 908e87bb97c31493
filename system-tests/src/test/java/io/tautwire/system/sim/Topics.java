package io.tautwire.system.sim;

/** What is published in a simulation, and what is subscribed to. */
final class Topics {
    /** Nobody may publish there. */
    static final String FORBIDDEN = "trades/FORBIDDEN";

    private static final String[] TOPICS = {"trades/BTC", "trades/ETH", "trades/BTC/spot", FORBIDDEN, "quotes/BTC"};
    private static final String[] PATTERNS = {"trades/#", "trades/+", "+/BTC", "#", "trades/BTC"};

    private Topics() {}

    static String topic(Chance chance) {
        return TOPICS[chance.below(TOPICS.length)];
    }

    static String pattern(Chance chance) {
        return PATTERNS[chance.below(PATTERNS.length)];
    }

    static boolean isForbidden(String topic) {
        return topic.equals(FORBIDDEN);
    }
}
