package ioverlay.cli;

/**
 * How an observer in this container is to be.
 *
 * @param listen where containers reach it
 * @param web where its page is
 * @param console whether the Felix Web Console is beside the page
 * @param pollMillis how often nodes are asked for their status; 0 is by their number
 * @param keepHours how long history is kept
 * @param bootNodes how many others a node is told of when it comes
 */
record ObserverOptions(Endpoint listen, Endpoint web, boolean console, int pollMillis, int keepHours, int bootNodes) {
    static final int KEEP_HOURS = 72;
    static final int BOOT_NODES = 8;

    /** One with its page there, and all else by default. */
    static ObserverOptions at(Endpoint web) {
        return new ObserverOptions(ObserverFlags.ANY, web, false, 0, KEEP_HOURS, BOOT_NODES);
    }
}
