package ioverlay.app.stream;

/**
 * The begin of a PES packet (ISO/IEC 13818-1, 2.4.3.6).
 *
 * @param decodeTime when it is to be decoded, in units of 90 kHz, 33 bits; −1 if it does not say
 * @param dataAt where its data begins, counted as the packet's bytes
 */
record Pes(long decodeTime, int dataAt) {
    /** No time. */
    static final long NO_TIME = -1;

    private static final int FIXED = 9;
    private static final int TIME = 5;

    /** Reads it from a packet that begins one; no time and all of the payload if it is none. */
    static Pes read(Packet packet) {
        byte[] bytes = packet.bytes();
        int at = packet.payloadAt();
        boolean whole = packet.end() - at >= FIXED
                && bytes[at] == 0
                && bytes[at + 1] == 0
                && bytes[at + 2] == 1
                && (bytes[at + 6] & 0xc0) == 0x80;
        if (!whole) {
            return new Pes(NO_TIME, at);
        }
        int flags = (bytes[at + 7] & 0xff) >>> 6;
        int data = Math.min(at + FIXED + (bytes[at + 8] & 0xff), packet.end());
        int timeAt = at + FIXED + (flags == 3 ? TIME : 0);
        return new Pes(flags >= 2 && timeAt + TIME <= data ? time(bytes, timeAt) : NO_TIME, data);
    }

    private static long time(byte[] bytes, int at) {
        return (bytes[at] & 0x0eL) << 29
                | (bytes[at + 1] & 0xffL) << 22
                | (bytes[at + 2] & 0xfeL) << 14
                | (bytes[at + 3] & 0xffL) << 7
                | (bytes[at + 4] & 0xffL) >>> 1;
    }
}
