package ioverlay.io.message;

/**
 * What a slot's timers and control messages caused and what has found no room: bounded. Beyond the bound a message comes
 * back as SEND_REFUSED, and ROOM follows when half of the lane is free.
 *
 * <p><b>Threads:</b> the turn.
 */
public final class OriginLane implements Origin {
    /** That wait at most. */
    public static final int MAX_MESSAGES = 256;
    /** Of those, but for a single one that is larger. */
    public static final int MAX_BYTES = 256 << 10;

    private final Runnable room;
    private int messages;
    private int bytes;
    private boolean refused;

    /**
     * An empty lane.
     *
     * @param room called when half of the lane is free again after a refusal
     */
    public OriginLane(Runnable room) {
        this.room = room;
    }

    @Override
    public boolean admits(int more) {
        if (messages == 0 || (messages < MAX_MESSAGES && bytes + more <= MAX_BYTES)) {
            return true; // an empty lane takes one of any size, else a large one could never be sent
        }
        refused = true;
        return false;
    }

    @Override
    public void waits(int more) {
        messages++;
        bytes += more;
    }

    @Override
    public void went(int less) {
        messages--;
        bytes -= less;
        if (refused && messages <= MAX_MESSAGES / 2 && bytes <= MAX_BYTES / 2) {
            refused = false;
            room.run();
        }
    }
}
