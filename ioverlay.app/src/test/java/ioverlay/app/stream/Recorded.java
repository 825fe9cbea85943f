package ioverlay.app.stream;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A stream of test pictures, and what tests want to do with its packets. */
final class Recorded {
    static final long PERIOD_NS = 1_000_000_000 / PictureCoder.RATE;

    private Recorded() {}

    /** The packets of so many pictures. */
    static List<byte[]> packets(int pictures) {
        List<byte[]> packets = new ArrayList<>();
        try (TestPicture picture = new TestPicture(100_000)) {
            Input.Sink sink = sink(packets);
            for (long now = 0, count = 0; count < pictures; count++) {
                now = picture.read(now, sink);
            }
        }
        return packets;
    }

    static Input.Sink sink(List<byte[]> packets) {
        return new Input.Sink() {
            @Override
            public void packet(Packet packet) {
                packets.add(Arrays.copyOfRange(packet.bytes(), packet.at(), packet.end()));
            }

            @Override
            public void interrupted() {
                packets.add(new byte[0]);
            }
        };
    }

    static byte[] joined(List<byte[]> parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        parts.forEach(all::writeBytes);
        return all.toByteArray();
    }

    static List<byte[]> split(byte[] bytes) {
        List<byte[]> packets = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += Packet.BYTES) {
            packets.add(Arrays.copyOfRange(bytes, at, at + Packet.BYTES));
        }
        return packets;
    }

    /** What a cutter made, and how often some are missing. */
    static final class Units implements Cutter.Taker {
        final List<Unit> all = new ArrayList<>();
        int missed;

        @Override
        public void add(Unit unit) {
            all.add(unit);
        }

        @Override
        public void missed() {
            missed++;
        }
    }

    /** The units of packets, which come a millisecond after each other. */
    static Units cut(List<byte[]> packets) {
        Units units = new Units();
        cutter(packets, units).end();
        return units;
    }

    /** A cutter that has taken packets, which came a millisecond after each other. */
    static Cutter cutter(List<byte[]> packets, Units to) {
        Cutter cutter = new Cutter(to);
        long micros = 0;
        for (byte[] packet : packets) {
            cutter.take(new Packet(packet, 0), micros += 1000);
        }
        return cutter;
    }

    /** How often packets are missing in there. */
    static long continuityErrors(byte[] stream) {
        ContinuityCheck check = new ContinuityCheck();
        split(stream).forEach(packet -> check.take(new Packet(packet, 0)));
        return check.errors();
    }

    /** Decode times of the pictures in there, in pictures. */
    static List<Long> pictures(byte[] stream) {
        List<Long> times = new ArrayList<>();
        for (byte[] bytes : split(stream)) {
            Packet packet = new Packet(bytes, 0);
            if (packet.pid() == Mux.VIDEO_PID && packet.isUnitStart()) {
                times.add((Pes.read(packet).decodeTime() - Mux.LEAD_TICKS) * PictureCoder.RATE / 90_000);
            }
        }
        return times;
    }
}
