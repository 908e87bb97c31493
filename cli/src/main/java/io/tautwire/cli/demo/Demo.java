package io.tautwire.cli.demo;

import io.tautwire.TautwireException;
import io.tautwire.cli.session.Session;
import io.tautwire.cli.terminal.Progress;
import io.tautwire.cli.terminal.Stop;
import io.tautwire.codec.sbe.Code;
import io.tautwire.transport.connection.ConnectionString;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The demonstration: a rehearsal that nobody counts, then the trades. Without the rehearsal, the slowest percentiles
 * would time the Java compiler, which is at work for the first moments of every program.
 */
public final class Demo {
    /** Most messages under way at once. */
    public static final int WINDOW = DemoRun.WINDOW;

    /** Messages of the rehearsal. */
    public static final int REHEARSAL = 50_000;

    /** Most repetitions. */
    public static final int MAX_REPEAT = 1_000;

    /** The subscriptions: everything about trades, and this one topic. */
    public static final List<String> PATTERNS = List.of("trades/#", "trades/BTCUSD");

    private final Trades trades = Trades.load();
    private final int repeat;
    private final Progress progress;
    private final Stop stop;

    /**
     * A demonstration.
     *
     * @param repeat   how many times all trades are published.
     * @param progress where to draw.
     * @param stop     ends it before its time.
     */
    public Demo(int repeat, Progress progress, Stop stop) {
        this.repeat = repeat;
        this.progress = progress;
        this.stop = stop;
    }

    /**
     * Runs against a server.
     *
     * @param server  where it listens.
     * @param name    beginning of the client names.
     * @param onError gets one line for each fault that ends nothing; called on receive threads.
     * @throws TautwireException if anything fails, {@link Code#TIMED_OUT} if messages stop coming,
     *     {@link Code#INTERRUPTED} if the user ended it.
     */
    public DemoResult run(ConnectionString server, String name, Consumer<String> onError) throws InterruptedException {
        final Function<String, Session> sessions = suffix -> new Session(server, name + suffix, null, onError).logOn();
        new DemoRun(trades, REHEARSAL, progress, stop).run("rehearsal", sessions);
        return new DemoRun(trades, Math.multiplyExact(trades.count(), repeat), progress, stop).run("trades", sessions);
    }
}
