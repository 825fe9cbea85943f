package ioverlay.app.stream;

import java.util.HashMap;
import java.util.Map;

/**
 * Tells whether what ends here is whole, where no next begin says so: all PES packets that lie in a unit end in it. One that
 * states its length ends there. One of no stated length, as video has it, ends at the end of a transport packet, which its
 * muxer must have filled up with stuffing in the adaptation field (ISO/IEC 13818-1, 2.4.3.5); one that happened to need none,
 * once in 184 times, is taken for unfinished.
 */
final class UnitEnd {
    private static final int LENGTH_AT = 4;
    private static final int PREFIX = 6;

    /** What is left of a PES packet: so many bytes, or one of these. */
    private static final int UNKNOWN = Integer.MIN_VALUE;

    private static final int STUFFED = UNKNOWN + 1;

    private UnitEnd() {}

    /** Whether nothing in these packets is cut off; what is no PES packet is not looked at. */
    static boolean isWhole(byte[] packets) {
        return left(packets).values().stream().allMatch(UnitEnd::isNothing);
    }

    /** The same of one PID alone. */
    static boolean isWhole(byte[] packets, int pid) {
        return isNothing(left(packets).getOrDefault(pid, 0));
    }

    private static boolean isNothing(int left) {
        return left == STUFFED || (left != UNKNOWN && left <= 0);
    }

    /** What is left of the PES packets of each PID. */
    private static Map<Integer, Integer> left(byte[] packets) {
        Map<Integer, Integer> left = new HashMap<>();
        for (int at = 0; at < packets.length; at += Packet.BYTES) {
            Packet packet = new Packet(packets, at);
            if (packet.hasPayload() && packet.pid() != Packet.NULL) {
                if (!packet.isUnitStart()) {
                    left.computeIfPresent(packet.pid(), (pid, before) -> after(before, packet));
                } else if (isPes(packet)) {
                    left.put(packet.pid(), after(stated(packet), packet));
                } else {
                    left.remove(packet.pid());
                }
            }
        }
        return left;
    }

    private static int after(int left, Packet packet) {
        if (left == UNKNOWN || left == STUFFED) {
            return packet.isStuffed() ? STUFFED : UNKNOWN;
        }
        return left - (packet.end() - packet.payloadAt());
    }

    private static boolean isPes(Packet packet) {
        byte[] bytes = packet.bytes();
        int at = packet.payloadAt();
        return packet.end() - at >= PREFIX && bytes[at] == 0 && bytes[at + 1] == 0 && bytes[at + 2] == 1;
    }

    private static int stated(Packet packet) {
        int at = packet.payloadAt() + LENGTH_AT;
        int length = (packet.bytes()[at] & 0xff) << 8 | (packet.bytes()[at + 1] & 0xff);
        return length == 0 ? UNKNOWN : PREFIX + length;
    }
}
