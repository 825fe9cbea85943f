package ioverlay.app.stream;

import java.util.Arrays;

/**
 * What one viewer gets of the stream: from a random access point on, with the tables before it; after a gap again from
 * one on. Continuity counters go on across a gap, and of each other PID what belongs to a PES packet or section that
 * began in the gap is left out, so that no viewer sees half of anything.
 *
 * <p><b>Threads:</b> one.
 */
final class Playout {
    private static final byte UNKNOWN = -1;
    private static final byte[] NOTHING = {};

    /** By PID: the last counter that was sent; what is added to those that come; whether its next begin is awaited. */
    private final byte[] sent = new byte[Packet.PIDS];

    private final byte[] shift = new byte[Packet.PIDS];
    private final boolean[] awaited = new boolean[Packet.PIDS];

    private boolean isWaiting = true;
    private long skips;

    /** A viewer who has seen nothing. */
    Playout() {
        Arrays.fill(sent, UNKNOWN);
        Arrays.fill(awaited, true);
    }

    /** What to send of this unit: whole packets; nothing while it waits. */
    byte[] next(Unit unit) {
        if (!isWaiting) {
            return packets(unit.packets());
        }
        if (!unit.isRandomAccess()) {
            return NOTHING;
        }
        isWaiting = false;
        byte[] first = packets(unit.tables());
        for (int at = 0; at < unit.tables().length; at += Packet.BYTES) {
            awaited[new Packet(unit.tables(), at).pid()] = true; // its next counter is another one
        }
        byte[] rest = packets(unit.packets());
        byte[] both = Arrays.copyOf(first, first.length + rest.length);
        System.arraycopy(rest, 0, both, first.length, rest.length);
        return both;
    }

    private byte[] packets(byte[] from) {
        byte[] to = from.clone();
        int size = 0;
        for (int at = 0; at < from.length; at += Packet.BYTES) {
            Packet packet = new Packet(from, at);
            if (isShown(packet)) {
                System.arraycopy(from, at, to, size, Packet.BYTES);
                to[size + 3] = (byte) ((from[at + 3] & 0xf0) | counter(packet));
                size += Packet.BYTES;
            }
        }
        return size == to.length ? to : Arrays.copyOf(to, size);
    }

    private boolean isShown(Packet packet) {
        return packet.pid() == Packet.NULL || !awaited[packet.pid()] || packet.isUnitStart() || !packet.hasPayload();
    }

    private int counter(Packet packet) {
        int pid = packet.pid();
        if (pid == Packet.NULL) {
            return packet.continuity();
        }
        if (awaited[pid] && sent[pid] != UNKNOWN) {
            int next = packet.hasPayload() ? sent[pid] + 1 : sent[pid];
            shift[pid] = (byte) (next - packet.continuity() & 0xf);
        }
        awaited[pid] &= !packet.hasPayload();
        sent[pid] = (byte) (packet.continuity() + shift[pid] & 0xf);
        return sent[pid];
    }

    /** What comes next does not go on with what came. */
    void skip() {
        if (!isWaiting) {
            skips++;
        }
        isWaiting = true;
        Arrays.fill(awaited, true);
    }

    /** Whether it waits for a random access point. */
    boolean isWaiting() {
        return isWaiting;
    }

    /** How often it was interrupted. */
    long skips() {
        return skips;
    }
}
