package ioverlay.testkit;

/** Where sends wait that timers and control messages caused: as bounded as the engine's. */
final class OriginLane implements Origin {
    static final int MAX_MESSAGES = 256;
    static final int MAX_BYTES = 256 << 10;

    private final Runnable room;
    private int messages;
    private int bytes;
    private boolean refused;
    private boolean stuffed;

    /**
     * An empty lane.
     *
     * @param room called when half of the lane is free again after a refusal
     */
    OriginLane(Runnable room) {
        this.room = room;
    }

    /** Until {@link #empty}, nothing more may wait. */
    void stuff() {
        stuffed = true;
    }

    /** What {@link #stuff} put there is gone. */
    void empty() {
        stuffed = false;
        promise();
    }

    @Override
    public boolean admits(int more) {
        if (!stuffed && (messages == 0 || (messages < MAX_MESSAGES && bytes + more <= MAX_BYTES))) {
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
        promise();
    }

    private void promise() {
        if (refused && !stuffed && messages <= MAX_MESSAGES / 2 && bytes <= MAX_BYTES / 2) {
            refused = false;
            room.run();
        }
    }
}
