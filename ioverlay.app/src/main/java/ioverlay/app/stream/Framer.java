package ioverlay.app.stream;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Finds the packets in a stream of bytes. Where there is no sync byte, it looks for three in the distance of packets.
 *
 * <p><b>Threads:</b> one.
 */
final class Framer {
    private static final int CONFIRMED = 2;
    private static final int KEPT = (CONFIRMED + 1) * Packet.BYTES;

    private byte[] rest = new byte[0];
    private boolean inSync;
    private long lostSync;
    private long skippedBytes;

    /** Takes more bytes, all that remain there, and hands on each packet that is whole. */
    void take(ByteBuffer more, Consumer<Packet> to) {
        byte[] bytes = new byte[rest.length + more.remaining()];
        System.arraycopy(rest, 0, bytes, 0, rest.length);
        more.get(bytes, rest.length, bytes.length - rest.length);
        int at = 0;
        while (bytes.length - at >= (inSync ? Packet.BYTES : KEPT)) {
            if (inSync && bytes[at] == Packet.SYNC) {
                to.accept(new Packet(bytes, at));
                at += Packet.BYTES;
            } else if (inSync) {
                inSync = false;
                lostSync++;
            } else if (isBegin(bytes, at)) {
                inSync = true;
            } else {
                at++;
                skippedBytes++;
            }
        }
        rest = Arrays.copyOfRange(bytes, at, bytes.length);
    }

    private static boolean isBegin(byte[] bytes, int at) {
        for (int packet = 0; packet <= CONFIRMED; packet++) {
            if (bytes[at + packet * Packet.BYTES] != Packet.SYNC) {
                return false;
            }
        }
        return true;
    }

    /** The next bytes are another stream's. */
    void restart() {
        rest = new byte[0];
        inSync = false;
    }

    /** How often there was no sync byte where one belongs. */
    long lostSync() {
        return lostSync;
    }

    /** Bytes that are in no packet. */
    long skippedBytes() {
        return skippedBytes;
    }
}
