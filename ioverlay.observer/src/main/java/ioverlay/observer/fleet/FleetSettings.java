package ioverlay.observer.fleet;

import ioverlay.api.container.RefusedException;

/**
 * How the fleet is looked after.
 *
 * @param bootNodes how many hosts a node is told at its start, 0 to 1000
 * @param pollMillis how often each container is asked for the status of its nodes, 100 to 60000; 0 = as often as their
 *     number allows
 */
public record FleetSettings(int bootNodes, int pollMillis) {
    /** Eight hosts, adaptive. */
    public static final FleetSettings STANDARD = new FleetSettings(8, 0);

    private static final int MOST_BOOT_NODES = 1000;
    private static final int LEAST_POLL_MS = 100;
    private static final int MOST_POLL_MS = 60_000;
    private static final int SHORTEST_MS = 1000;
    private static final int FEW_NODES = 50;
    private static final double MS_PER_NODE = 1000 / 150.0;
    private static final int LONGEST_MS = 30_000;

    /**
     * Checks every value.
     *
     * @throws RefusedException with the rule and the value
     */
    public FleetSettings {
        if (bootNodes < 0 || bootNodes > MOST_BOOT_NODES) {
            throw new RefusedException(
                    "a node is told 0 to " + MOST_BOOT_NODES + " hosts at its start (bootNodes), not " + bootNodes);
        }
        if (pollMillis != 0 && (pollMillis < LEAST_POLL_MS || pollMillis > MOST_POLL_MS)) {
            throw new RefusedException("nodes are polled every " + LEAST_POLL_MS + " to " + MOST_POLL_MS
                    + " ms, or as their number allows (0), not every " + pollMillis + " (pollMillis)");
        }
    }

    /**
     * How often each container is asked: every second up to 50 nodes, every two at 200, every 7.3 at 1000, at least every
     * 30.
     *
     * @param nodes of all containers together
     */
    public int pollMillis(int nodes) {
        if (pollMillis > 0) {
            return pollMillis;
        }
        return (int) Math.min(LONGEST_MS, SHORTEST_MS + Math.max(0, nodes - FEW_NODES) * MS_PER_NODE);
    }
}
