package ioverlay.app.stream;

import java.util.Arrays;

/**
 * The first program of a transport stream, from its tables: which PID is the one whose pictures count. That is the first
 * video, or the first audio where there is no video.
 *
 * <p><b>Threads:</b> one.
 */
final class Program {
    private static final int NONE = -1;
    private static final int TABLE_PAT = 0;
    private static final int TABLE_PMT = 2;
    private static final int CRC = 4;

    private final Sections associations = new Sections();
    private Sections map = new Sections();
    private int mapPid = NONE;
    private int programNumber;
    private int pid = NONE;
    private int clockPid = NONE;
    private Codec codec = Codec.NONE;

    /** Looks at a packet. */
    void take(Packet packet) {
        if (packet.pid() == Packet.PAT) {
            associations.take(packet, this::associate);
        } else if (packet.pid() == mapPid) {
            map.take(packet, this::choose);
        }
    }

    /** Whether it is the first section of that table, and applies already: current_next_indicator. */
    private static boolean isCurrent(byte[] section, int table, int least) {
        return section.length >= least && section[0] == table && (section[5] & 1) == 1 && section[6] == 0;
    }

    private boolean associate(byte[] section) {
        if (!isCurrent(section, TABLE_PAT, 12)) {
            return false;
        }
        for (int at = 8; at + 4 <= section.length - CRC; at += 4) {
            int number = number(section, at);
            int found = number(section, at + 2) & 0x1fff;
            if (number != 0) { // 0 is the network's
                if (found != mapPid || number != programNumber) {
                    mapPid = found;
                    programNumber = number;
                    map = new Sections();
                    pid = NONE;
                }
                return true;
            }
        }
        return false;
    }

    private boolean choose(byte[] section) {
        if (!isCurrent(section, TABLE_PMT, 16) || number(section, 3) != programNumber) {
            return false;
        }
        clockPid = number(section, 8) & 0x1fff;
        int chosen = NONE;
        Codec its = Codec.NONE;
        int at = 12 + (number(section, 10) & 0xfff);
        while (at + 5 <= section.length - CRC) {
            Codec found = Codec.of(section[at] & 0xff);
            boolean isFirstVideo = found.isVideo() && !its.isVideo();
            boolean isFirstAudio = found == Codec.AUDIO && its == Codec.NONE;
            if (isFirstVideo || isFirstAudio) {
                chosen = number(section, at + 1) & 0x1fff;
                its = found;
            }
            at += 5 + (number(section, at + 3) & 0xfff);
        }
        pid = chosen;
        codec = its;
        return true;
    }

    private static int number(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    }

    /** Whether its tables are known, and there is something to show in it. */
    boolean isKnown() {
        return pid != NONE;
    }

    /** The PID of what is shown. */
    int pid() {
        return pid;
    }

    /** The PID that carries the program's clock. */
    int clockPid() {
        return clockPid;
    }

    Codec codec() {
        return codec;
    }

    /** The packets of both tables. */
    byte[] tables() {
        byte[] first = associations.packets();
        byte[] second = map.packets();
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** Sections that were damaged. */
    long broken() {
        return associations.broken() + map.broken();
    }
}
