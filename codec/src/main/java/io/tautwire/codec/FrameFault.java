package io.tautwire.codec;

import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.MessageHeaderDecoder;

/** What a whole frame can be refused for. See {@link FrameCheck}. */
public enum FrameFault {
    /** Another protocol's. */
    SCHEMA(Code.PROTOCOL_ERROR, "not of schemaId=" + MessageHeaderDecoder.SCHEMA_ID),
    /** No version. */
    VERSION(Code.PROTOCOL_ERROR, "versions begin at 1"),
    /** Flags that the template does not have, or that are not known. */
    FLAGS(Code.PROTOCOL_ERROR, "the flags are not the template's"),
    /** A block longer than the frame, or too short for the stamp. */
    BLOCK(Code.PROTOCOL_ERROR, "the block does not fit"),
    /** Bytes between the frame's end and the next one. */
    PADDING(Code.PROTOCOL_ERROR, "the padding is not zero"),
    /** The content is not what its author sealed. */
    CONTENT(Code.CHECKSUM_MISMATCH, "content checksum"),
    /** The stamp is not what a server set. */
    STAMP(Code.CHECKSUM_MISMATCH, "stamp checksum"),
    /** Something in the frame reaches past its end, or something is left over. */
    SHAPE(Code.PROTOCOL_ERROR, "block, group and var data do not make up the frame");

    private final Code code;
    private final String text;

    FrameFault(Code code, String text) {
        this.code = code;
        this.text = text;
    }

    /** The code that a session ends with which sent it. */
    public Code code() {
        return code;
    }

    /** What is wrong, in words. */
    public String text() {
        return text;
    }
}
