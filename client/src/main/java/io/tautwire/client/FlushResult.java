package io.tautwire.client;

/**
 * What became of everything published before a flush. Of the sequences 1 to {@code upToSequence} of this client,
 * {@code acknowledged} succeeded and {@code refused} did not; together they are all of them.
 *
 * @param upToSequence last sequence with an outcome, at least the last one published before the flush.
 * @param acknowledged messages acknowledged, since the client began.
 * @param refused      messages refused, since the client began.
 */
public record FlushResult(long upToSequence, long acknowledged, long refused) {}
