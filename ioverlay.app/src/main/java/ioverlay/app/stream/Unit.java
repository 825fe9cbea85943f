package ioverlay.app.stream;

/**
 * One picture and what lies between it and the next one, in whole packets: what is skipped or shown as a whole.
 *
 * @param isStart whether it begins with the picture; else it goes on with the one before
 * @param isRandomAccess whether a decoder can begin with it
 * @param arrivedMicros when its first byte came to the source, microseconds since 1970
 * @param decodeTime of its picture, in units of 90 kHz, 33 bits; {@link Pes#NO_TIME} if it does not say
 * @param tables packets of the tables, if a decoder can begin with it
 * @param packets not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Unit(
        boolean isStart, boolean isRandomAccess, long arrivedMicros, long decodeTime, byte[] tables, byte[] packets) {
    Unit {
        if (tables.length % Packet.BYTES != 0 || packets.length % Packet.BYTES != 0) {
            throw new IllegalArgumentException("a unit is whole packets of " + Packet.BYTES + " bytes, not "
                    + tables.length + " and " + packets.length + " bytes");
        }
    }

    int bytes() {
        return packets.length;
    }
}
