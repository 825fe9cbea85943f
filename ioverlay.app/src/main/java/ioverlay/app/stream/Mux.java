package ioverlay.app.stream;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Makes a transport stream with one program of one video (ISO/IEC 13818-1): tables and a clock reference with every
 * picture.
 *
 * <p><b>Threads:</b> one.
 */
final class Mux {
    static final int MAP_PID = 0x1000;
    static final int VIDEO_PID = 0x100;

    /** A picture is decoded so long after its first byte, in units of 90 kHz. */
    static final int LEAD_TICKS = 18_000;

    private static final int PES_HEADER = 14;
    private static final int CLOCK_FIELD = 8;
    private static final int PACKET_HEADER = 4;

    private final int streamType;
    private final byte[] continuity = new byte[Packet.PIDS];

    /** For a video of that stream_type. */
    Mux(int streamType) {
        this.streamType = streamType;
    }

    /** Hands on the packets of a picture. */
    void picture(byte[] data, long ticks, boolean isRandomAccess, Consumer<byte[]> to) {
        to.accept(table(
                Packet.PAT,
                new Bits()
                        .put(0, 8)
                        .put(0xb, 4)
                        .put(13, 12)
                        .put(1, 16)
                        .put(0xc1, 8)
                        .put(0, 16)
                        .put(1, 16)
                        .put(0xe000 | MAP_PID, 16)));
        to.accept(table(
                MAP_PID,
                new Bits()
                        .put(2, 8)
                        .put(0xb, 4)
                        .put(18, 12)
                        .put(1, 16)
                        .put(0xc1, 8)
                        .put(0, 16)
                        .put(0xe000 | VIDEO_PID, 16)
                        .put(0xf000, 16)
                        .put(streamType, 8)
                        .put(0xe000 | VIDEO_PID, 16)
                        .put(0xf000, 16)));
        byte[] pes = Arrays.copyOf(pesHeader(ticks + LEAD_TICKS), PES_HEADER + data.length);
        System.arraycopy(data, 0, pes, PES_HEADER, data.length);
        int at = 0;
        while (at < pes.length) {
            byte[] packet = video(at == 0 ? clock(ticks, isRandomAccess) : new byte[0], pes.length - at);
            int size = Packet.BYTES - new Packet(packet, 0).payloadAt();
            System.arraycopy(pes, at, packet, Packet.BYTES - size, size);
            to.accept(packet);
            at += size;
        }
    }

    private static byte[] pesHeader(long time) {
        return new Bits()
                .put(0x1e0, 32)
                .put(0, 16) // video, of no stated length
                .put(0x8080, 16)
                .put(5, 8) // with a PTS
                .put(2, 4)
                .put(time >>> 30, 3)
                .put(1, 1)
                .put(time >>> 15, 15)
                .put(1, 1)
                .put(time, 15)
                .put(1, 1)
                .toBytes();
    }

    private static byte[] clock(long ticks, boolean isRandomAccess) {
        return new Bits()
                .put(CLOCK_FIELD - 1, 8)
                .put(isRandomAccess ? 0x50 : 0x10, 8)
                .put(ticks, 33)
                .put(0x3f, 6)
                .put(0, 9)
                .toBytes();
    }

    /** A packet with an adaptation field, which grows where less is left than there is place for. */
    private byte[] video(byte[] field, int left) {
        int place = Packet.BYTES - PACKET_HEADER - field.length;
        int stuffing = Math.max(0, place - left);
        byte[] packet = header(VIDEO_PID, field.length == CLOCK_FIELD, field.length + stuffing > 0);
        Arrays.fill(packet, PACKET_HEADER, PACKET_HEADER + field.length + stuffing, (byte) -1);
        System.arraycopy(field, 0, packet, PACKET_HEADER, field.length);
        if (stuffing > 0) {
            packet[PACKET_HEADER] = (byte) (field.length + stuffing - 1);
            if (field.length == 0 && stuffing > 1) {
                packet[PACKET_HEADER + 1] = 0; // no flags
            }
        }
        return packet;
    }

    private byte[] table(int pid, Bits section) {
        byte[] bytes = section.toBytes();
        byte[] packet = header(pid, true, false);
        Arrays.fill(packet, PACKET_HEADER, Packet.BYTES, (byte) -1);
        packet[PACKET_HEADER] = 0; // pointer_field
        System.arraycopy(bytes, 0, packet, PACKET_HEADER + 1, bytes.length);
        byte[] crc =
                new Bits().put(Sections.crc(bytes, bytes.length), Integer.SIZE).toBytes();
        System.arraycopy(crc, 0, packet, PACKET_HEADER + 1 + bytes.length, crc.length);
        return packet;
    }

    private byte[] header(int pid, boolean isStart, boolean hasField) {
        int counter = continuity[pid]++ & 0xf;
        Bits bits = new Bits().put(Packet.SYNC, 8).put(isStart ? 0x4000 | pid : pid, 16);
        return Arrays.copyOf(bits.put(hasField ? 3 : 1, 4).put(counter, 4).toBytes(), Packet.BYTES);
    }
}
