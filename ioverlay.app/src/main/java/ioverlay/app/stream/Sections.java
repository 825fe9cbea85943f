package ioverlay.app.stream;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Puts the sections of one table together from the packets of its PID (ISO/IEC 13818-1, 2.4.4), and keeps the packets of
 * the last one that was whole. Sections whose CRC is wrong are counted.
 *
 * <p><b>Threads:</b> one.
 */
final class Sections {
    private static final int HEADER = 3;
    private static final int CRC = 4;
    private static final int LONGEST = 1024;
    private static final int POLYNOMIAL = 0x04c11db7;

    private final List<byte[]> packets = new ArrayList<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private byte[] last = new byte[0];
    private int lastContinuity = -1;
    private long broken;

    /** Takes the next packet of the PID; gives the section that it completes, or an empty array. */
    byte[] take(Packet packet) {
        boolean follows = packet.continuity() == (lastContinuity + 1 & 0xf);
        lastContinuity = packet.continuity();
        int from = packet.payloadAt();
        if (from == packet.end()) {
            return new byte[0];
        }
        if (packet.isUnitStart()) {
            reset();
            from += 1 + (packet.bytes()[from] & 0xff); // pointer_field
        } else if (!follows || packets.isEmpty()) {
            reset();
            return new byte[0];
        }
        if (from >= packet.end()) {
            return new byte[0];
        }
        packets.add(Arrays.copyOfRange(packet.bytes(), packet.at(), packet.end()));
        bytes.write(packet.bytes(), from, packet.end() - from);
        return section();
    }

    private byte[] section() {
        byte[] all = bytes.toByteArray();
        if (all.length < HEADER) {
            return new byte[0];
        }
        int size = HEADER + ((all[1] & 0xf) << 8 | (all[2] & 0xff));
        if (size > LONGEST || size < HEADER + CRC) {
            broken++;
            reset();
            return new byte[0];
        }
        if (all.length < size) {
            return new byte[0];
        }
        byte[] section = Arrays.copyOf(all, size);
        if (crc(section, size) != 0) {
            broken++;
            reset();
            return new byte[0];
        }
        last = join(packets);
        reset();
        return section;
    }

    private void reset() {
        packets.clear();
        bytes.reset();
    }

    private static byte[] join(List<byte[]> parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        parts.forEach(all::writeBytes);
        return all.toByteArray();
    }

    /** The CRC of ISO/IEC 13818-1, annex A; 0 over a section with its CRC. */
    static int crc(byte[] bytes, int size) {
        int crc = -1;
        for (int index = 0; index < size; index++) {
            crc ^= bytes[index] << 24;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc < 0 ? crc << 1 ^ POLYNOMIAL : crc << 1;
            }
        }
        return crc;
    }

    /** The packets of the last whole section, one after the other; nothing if there was none. */
    byte[] packets() {
        return last;
    }

    /** Sections that were damaged. */
    long broken() {
        return broken;
    }
}
