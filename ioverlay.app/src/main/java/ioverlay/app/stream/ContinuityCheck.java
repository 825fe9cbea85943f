package ioverlay.app.stream;

import java.util.Arrays;

/**
 * Tells by the continuity counters of each PID whether packets are missing (ISO/IEC 13818-1, 2.4.3.3). A packet may come
 * twice; one without payload does not count; discontinuity_indicator excuses.
 *
 * <p><b>Threads:</b> one.
 */
final class ContinuityCheck {
    private static final byte UNKNOWN = -1;

    private final byte[] last = new byte[Packet.PIDS];
    private long errors;

    ContinuityCheck() {
        restart();
    }

    /** Looks at the next packet. */
    void take(Packet packet) {
        int pid = packet.pid();
        if (pid == Packet.NULL || !packet.hasPayload()) {
            return;
        }
        int before = last[pid];
        int now = packet.continuity();
        boolean isFine = before == UNKNOWN || now == before || now == (before + 1 & 0xf) || packet.isDiscontinuity();
        errors += isFine ? 0 : 1;
        last[pid] = (byte) now;
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
