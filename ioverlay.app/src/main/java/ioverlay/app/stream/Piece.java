package ioverlay.app.stream;

import java.nio.ByteBuffer;

/**
 * One message of a stream: a unit, or a part of one that is too long. Its payload is
 *
 * <pre>
 * u8 version = 1   u8 flags: 1 first of its unit, 2 last of it, 4 begins with a picture, 8 random access point
 * u16 packets of tables                  u32 run: drawn at each start of a source
 * u64 number of the unit, from 0         u64 arrival at the source, microseconds since 1970
 * i64 decode time, 90 kHz, −1: unknown   packets of tables, then packets of the stream, 188 bytes each
 * </pre>
 *
 * <p>and its sequence number counts the messages of the run from 0.
 *
 * @param packets those of the stream, not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Piece(int flags, int run, long unit, long arrivedMicros, long decodeTime, byte[] tables, byte[] packets) {
    static final int FIRST = 1;
    static final int LAST = 2;
    static final int START = 4;
    static final int RANDOM_ACCESS = 8;

    /** What comes before the packets. */
    static final int HEADER = 32;

    /** The most packets that the tables may have. */
    static final int MOST_TABLES = 64;

    private static final byte VERSION = 1;

    Piece {
        if (tables.length > MOST_TABLES * Packet.BYTES) {
            throw new IllegalArgumentException(
                    "the tables have at most " + MOST_TABLES + " packets, not " + tables.length / Packet.BYTES);
        }
    }

    boolean is(int flag) {
        return (flags & flag) != 0;
    }

    int size() {
        return HEADER + tables.length + packets.length;
    }

    void write(ByteBuffer payload) {
        payload.put(VERSION)
                .put((byte) flags)
                .putShort((short) (tables.length / Packet.BYTES))
                .putInt(run)
                .putLong(unit)
                .putLong(arrivedMicros)
                .putLong(decodeTime)
                .put(tables)
                .put(packets);
    }

    /**
     * Reads a payload.
     *
     * @throws IllegalArgumentException if it is none of a stream, with the rule and the value
     */
    static Piece read(ByteBuffer payload) {
        if (payload.remaining() < HEADER || payload.get(payload.position()) != VERSION) {
            throw new IllegalArgumentException("a message of a stream begins with " + VERSION + " and has at least "
                    + HEADER + " bytes; this one has " + payload.remaining());
        }
        payload.get();
        int flags = payload.get();
        int tables = (payload.getShort() & 0xffff) * Packet.BYTES;
        int run = payload.getInt();
        long unit = payload.getLong();
        long arrived = payload.getLong();
        long decodeTime = payload.getLong();
        if (tables > payload.remaining() || payload.remaining() % Packet.BYTES != 0) {
            throw new IllegalArgumentException("a message of a stream holds whole packets of " + Packet.BYTES
                    + " bytes, of which " + tables + " bytes are tables, not " + payload.remaining() + " bytes");
        }
        byte[] first = new byte[tables];
        payload.get(first);
        byte[] rest = new byte[payload.remaining()];
        payload.get(rest);
        for (int at = 0; at < rest.length; at += Packet.BYTES) {
            if (rest[at] != Packet.SYNC) {
                throw new IllegalArgumentException(
                        "a packet begins with 0x47, not with 0x" + Integer.toHexString(rest[at] & 0xff));
            }
        }
        return new Piece(flags, run, unit, arrived, decodeTime, first, rest);
    }
}
