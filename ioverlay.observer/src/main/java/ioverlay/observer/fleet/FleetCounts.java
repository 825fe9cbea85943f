package ioverlay.observer.fleet;

/**
 * What was counted of all lines together since the observer opened.
 *
 * @param bytesIn of frames that came from containers
 * @param bytesOut of frames that went to them
 * @param polls how often a container was asked for the status of its nodes
 * @param answered how many of these it answered
 * @param late how many it did not answer in time: its line was ended
 * @param refused containers and nodes that were not let in, since another has their place
 * @param dropped happenings that somebody who listens will never hear, since it was too slow
 */
public record FleetCounts(
        long bytesIn, long bytesOut, long polls, long answered, long late, long refused, long dropped) {
    /** Nothing yet. */
    public static final FleetCounts NONE = new FleetCounts(0, 0, 0, 0, 0, 0, 0);
}
