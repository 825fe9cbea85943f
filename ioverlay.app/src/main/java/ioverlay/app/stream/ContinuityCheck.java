package ioverlay.app.stream;

import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Tells by the continuity counters of each PID whether packets are missing (ISO/IEC 13818-1, 2.4.3.3). A packet may come
 * twice, with the same counter and payload; one without payload does not count; discontinuity_indicator excuses.
 *
 * <p><b>Threads:</b> one.
 */
final class ContinuityCheck {
    private static final byte UNKNOWN = -1;

    private final byte[] last = new byte[Packet.PIDS];
    private final int[] payloads = new int[Packet.PIDS];
    private long errors;

    ContinuityCheck() {
        restart();
    }

    /** Looks at the next packet; whether it is news, and not the one before it once more. */
    boolean take(Packet packet) {
        int pid = packet.pid();
        if (pid == Packet.NULL || !packet.hasPayload()) {
            return true;
        }
        int before = last[pid];
        int now = packet.continuity();
        int payload = hash(packet);
        if (now == before && payload == payloads[pid]) {
            return false;
        }
        boolean isFine = before == UNKNOWN || now == (before + 1 & 0xf) || packet.isDiscontinuity();
        errors += isFine ? 0 : 1;
        last[pid] = (byte) now;
        payloads[pid] = payload;
        return true;
    }

    /** Of the payload alone: a clock before it may be another one. */
    private static int hash(Packet packet) {
        CRC32C of = new CRC32C();
        of.update(packet.bytes(), packet.payloadAt(), packet.end() - packet.payloadAt());
        return (int) of.getValue();
    }

    /** What comes next does not go on with what came. */
    void restart() {
        Arrays.fill(last, UNKNOWN);
    }

    /** How often packets were missing. */
    long errors() {
        return errors;
    }
}
