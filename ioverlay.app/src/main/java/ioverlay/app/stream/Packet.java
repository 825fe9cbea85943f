package ioverlay.app.stream;

/**
 * One transport packet (ISO/IEC 13818-1, 2.4.3.2), read where it lies.
 *
 * @param bytes that hold it
 * @param at where it begins there
 */
@SuppressWarnings("ArrayRecordComponent") // a place in bytes, compared by nobody
record Packet(byte[] bytes, int at) {
    /** The size of every packet. */
    static final int BYTES = 188;

    /** The first byte of every packet, sync_byte. */
    static final byte SYNC = 0x47;

    /** The PID of the program association table. */
    static final int PAT = 0;

    /** The PID of stuffing. */
    static final int NULL = 0x1fff;

    /** Numbers of PIDs. */
    static final int PIDS = 0x2000;

    private static final int HEADER = 4;
    private static final int MOST_ADAPTATION = BYTES - HEADER - 1;

    /** What an adaptation field may have, and the bytes of a clock in it. */
    private static final int PCR = 0x10;

    private static final int OPCR = 0x08;
    private static final int SPLICE = 0x04;
    private static final int PRIVATE = 0x02;
    private static final int EXTENSION = 0x01;
    private static final int CLOCK = 6;

    private int octet(int index) {
        return bytes[at + index] & 0xff;
    }

    boolean hasSync() {
        return bytes[at] == SYNC;
    }

    /** transport_error_indicator: somebody before us knows that it is damaged. */
    boolean isDamaged() {
        return (octet(1) & 0x80) != 0;
    }

    /** payload_unit_start_indicator. */
    boolean isUnitStart() {
        return (octet(1) & 0x40) != 0;
    }

    int pid() {
        return (octet(1) & 0x1f) << 8 | octet(2);
    }

    boolean hasPayload() {
        return (octet(3) & 0x10) != 0;
    }

    int continuity() {
        return octet(3) & 0xf;
    }

    private boolean hasAdaptation() {
        return (octet(3) & 0x20) != 0;
    }

    private int adaptationFlags() {
        return hasAdaptation() && octet(HEADER) > 0 ? octet(HEADER + 1) : 0;
    }

    /** discontinuity_indicator. */
    boolean isDiscontinuity() {
        return (adaptationFlags() & 0x80) != 0;
    }

    /** random_access_indicator. */
    boolean isRandomAccess() {
        return (adaptationFlags() & 0x40) != 0;
    }

    /** Whether its adaptation field has stuffing_byte: there was no more to fill the packet with. */
    boolean isStuffed() {
        if (!hasAdaptation()) {
            return false;
        }
        int flags = adaptationFlags();
        if (flags == 0) {
            return true; // a field that says nothing is there to fill
        }
        int size = Math.min(octet(HEADER), MOST_ADAPTATION);
        int used = 1 + (has(flags, PCR) ? CLOCK : 0) + (has(flags, OPCR) ? CLOCK : 0) + (has(flags, SPLICE) ? 1 : 0);
        for (int counted : new int[] {PRIVATE, EXTENSION}) {
            used += has(flags, counted) && used < size ? 1 + octet(HEADER + 1 + used) : 0;
        }
        return used < size;
    }

    private static boolean has(int flags, int flag) {
        return (flags & flag) != 0;
    }

    /** The program clock reference in units of 27 MHz, or −1. */
    long clock() {
        if (!has(adaptationFlags(), PCR) || octet(HEADER) < 7) {
            return -1;
        }
        long base = 0;
        for (int index = 6; index < 10; index++) {
            base = base << 8 | octet(index);
        }
        base = base << 1 | octet(10) >>> 7;
        return base * 300 + ((octet(10) & 1) << 8 | octet(11));
    }

    /** Where its payload begins, counted as {@link #at}; {@link #end} if there is none. */
    int payloadAt() {
        if (!hasPayload()) {
            return end();
        }
        int skipped = hasAdaptation() ? HEADER + 1 + octet(HEADER) : HEADER;
        return Math.min(at + skipped, end());
    }

    /** The first byte after it. */
    int end() {
        return at + BYTES;
    }
}
