package io.tautwire.client;

/**
 * What became of everything published before a flush. Of the sequences up to {@code upToSequence} whose outcome came to
 * this client, {@code acknowledged} succeeded and {@code refused} did not; together they are all of them, unless the
 * publish store is a file that had been used before.
 *
 * @param upToSequence last sequence with an outcome, at least the last one published before the flush.
 * @param acknowledged messages acknowledged, since the client began.
 * @param refused      messages refused, since the client began.
 */
public record FlushResult(long upToSequence, long acknowledged, long refused) {}
