package ioverlay.app.stream;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * Puts the sections of one table together from the packets of its PID (ISO/IEC 13818-1, 2.4.4), however they lie in
 * them: one may begin in the packet in which another ends. Keeps packets of the last one that was wanted. Sections whose
 * CRC is wrong are counted.
 *
 * <p><b>Threads:</b> one.
 */
final class Sections {
    private static final byte[] NOTHING = {};
    private static final byte STUFFING = -1;
    private static final int PAYLOAD = Packet.BYTES - 4;
    private static final int HEADER = 3;
    private static final int CRC = 4;
    private static final int LONGEST = 1024;
    private static final int POLYNOMIAL = 0x04c11db7;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private byte[] latest = NOTHING;
    private byte[] last = NOTHING;
    private long broken;

    /** Takes the next packet of the PID, and hands on each section that it completes; what is kept is what says true. */
    void take(Packet packet, Predicate<byte[]> to) {
        byte[] now = Arrays.copyOfRange(packet.bytes(), packet.at(), packet.end());
        if (!packet.hasPayload() || Arrays.equals(now, latest)) {
            return; // a packet may come twice
        }
        boolean goesOn = bytes.size() > 0 && packet.continuity() == (new Packet(latest, 0).continuity() + 1 & 0xf);
        latest = now;
        if (!goesOn) {
            bytes.reset();
        }
        int from = packet.payloadAt();
        if (packet.isUnitStart() && from < packet.end()) {
            int begin = Math.min(from + 1 + (packet.bytes()[from] & 0xff), packet.end()); // pointer_field
            if (goesOn) {
                bytes.write(packet.bytes(), from + 1, begin - from - 1); // the rest of the one before
                sections(packet.pid(), to);
            }
            bytes.reset();
            from = begin;
        } else if (!goesOn) {
            return;
        }
        bytes.write(packet.bytes(), from, packet.end() - from);
        sections(packet.pid(), to);
    }

    /** Hands on what is whole; what is not stays. */
    private void sections(int pid, Predicate<byte[]> to) {
        byte[] all = bytes.toByteArray();
        bytes.reset();
        int at = 0;
        while (at < all.length && all[at] != STUFFING) {
            int size = all.length - at < HEADER ? HEADER : HEADER + ((all[at + 1] & 0xf) << 8 | (all[at + 2] & 0xff));
            if (all.length - at < HEADER || (size <= LONGEST && size > all.length - at)) {
                bytes.write(all, at, all.length - at);
                return;
            }
            if (size > LONGEST || size < HEADER + CRC) {
                broken++;
                return;
            }
            section(Arrays.copyOfRange(all, at, at + size), pid, to);
            at += size;
        }
    }

    private void section(byte[] section, int pid, Predicate<byte[]> to) {
        if (crc(section, section.length) != 0) {
            broken++;
        } else if (to.test(section)) {
            last = packets(section, pid);
        }
    }

    /** Packets with a section and nothing else: those it came in may have parts of others. */
    private static byte[] packets(byte[] section, int pid) {
        int count = (1 + section.length + PAYLOAD - 1) / PAYLOAD;
        byte[] packets = new byte[count * Packet.BYTES];
        Arrays.fill(packets, STUFFING);
        byte[] payload = new byte[1 + section.length]; // pointer_field is 0
        System.arraycopy(section, 0, payload, 1, section.length);
        for (int index = 0; index < count; index++) {
            int at = index * Packet.BYTES;
            packets[at] = Packet.SYNC;
            packets[at + 1] = (byte) (pid >> 8 | (index == 0 ? 0x40 : 0));
            packets[at + 2] = (byte) pid;
            packets[at + 3] = (byte) (0x10 | (index & 0xf));
            int from = index * PAYLOAD;
            System.arraycopy(payload, from, packets, at + 4, Math.min(PAYLOAD, payload.length - from));
        }
        return packets;
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

    /** Packets of the last section that was kept, one after the other; nothing if there was none. */
    byte[] packets() {
        return last;
    }

    /** Sections that were damaged. */
    long broken() {
        return broken;
    }
}
