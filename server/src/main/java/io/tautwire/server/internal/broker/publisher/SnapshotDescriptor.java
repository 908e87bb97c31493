package io.tautwire.server.internal.broker.publisher;

/**
 * Where everything lies in a snapshot of the table of publishers. Little-endian.
 *
 * <pre>
 *     +-----------------------------------------------+
 *   0 | magic "TWPUBLSH"                       8 bytes |
 *   8 | format version                           int32 |
 *  12 | CRC32C of all bytes from 16 on          uint32 |
 *  16 | id of the journal                        int64 |
 *  24 | position: of frames below, all is in it  int64 |
 *  32 | length of all this in bytes              int64 |
 *  40 | number of publishers                     int32 |
 *  44 | 0                                        int32 |
 *     +-----------------------------------------------+
 *  48 | publishers, one behind the other               |
 *     +-----------------------------------------------+
 *
 *   a publisher                          a refused range
 *   0 | incarnation             int64      0 | first sequence    int64
 *   8 | last sequence handled   int64      8 | last sequence     int64
 *  16 | outcomes known below    int64     16 | code              int32
 *  24 | outcomes lost below     int64     20 | reason   int32, UTF-8
 *  32 | flags                   int32
 *  36 | refused ranges          int32
 *  40 | client name    int32, UTF-8
 *     | user           int32, UTF-8
 *     | the refused ranges
 * </pre>
 *
 * <p>Flags: 1, a command of it was seen; 2, the commands of its name and incarnation are its own.
 */
final class SnapshotDescriptor {
    static final long MAGIC = 0x48534C4255505754L;
    static final int VERSION = 1;

    static final int MAGIC_OFFSET = 0;
    static final int VERSION_OFFSET = 8;
    static final int CHECKSUM_OFFSET = 12;
    static final int COVERED_OFFSET = 16;
    static final int JOURNAL_ID_OFFSET = 16;
    static final int POSITION_OFFSET = 24;
    static final int LENGTH_OFFSET = 32;
    static final int COUNT_OFFSET = 40;
    static final int HEADER_LENGTH = 48;

    static final int INCARNATION_OFFSET = 0;
    static final int HANDLED_OFFSET = 8;
    static final int CONFIRMED_BELOW_OFFSET = 16;
    static final int UNKNOWN_BELOW_OFFSET = 24;
    static final int FLAGS_OFFSET = 32;
    static final int RANGES_OFFSET = 36;
    static final int PUBLISHER_LENGTH = 40;

    static final int FROM_OFFSET = 0;
    static final int TO_OFFSET = 8;
    static final int CODE_OFFSET = 16;
    static final int RANGE_LENGTH = 20;

    static final int PUBLISHED_FLAG = 1;
    static final int OPEN_FLAG = 2;

    private SnapshotDescriptor() {}
}
