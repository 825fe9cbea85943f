package ioverlay.api.container;

import java.time.Duration;

/**
 * How a new version is watched after the switch. While it is on probation the old instance stays at hand: a call that
 * throws or is cancelled has sent nothing, and its message goes to the old version once. The slot goes back to the old
 * version by itself when the limit of failed calls is reached, when a call stalls, or when the throughput falls too low.
 *
 * @param time how long, 0 to one hour; 0 is no probation
 * @param failures how many failed calls take it back, 1 to 1000000
 * @param leastThroughput the part of the old version's throughput (bytes the slot sends, measured for up to a second
 *     before the switch) that the new one must reach in each second of the probation, 0 to 1; 0 does not ask for any
 */
public record Probation(Duration time, int failures, double leastThroughput) {
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int MOST_FAILURES = 1_000_000;

    /** Five seconds, back at the third failed call, no limit of throughput. */
    public static final Probation STANDARD = new Probation(Duration.ofSeconds(5), 3, 0);

    /** The switch is final at once. */
    public static final Probation NONE = new Probation(Duration.ZERO, 1, 0);

    /**
     * Checks every value.
     *
     * @throws RefusedException with the rule and the value
     */
    public Probation {
        require(
                !time.isNegative() && time.compareTo(LONGEST) <= 0,
                "a probation lasts 0 s to 1 h",
                time.toMillis() + " ms");
        require(
                failures >= 1 && failures <= MOST_FAILURES,
                "a probation ends at 1 to " + MOST_FAILURES + " failed calls",
                failures);
        require(
                leastThroughput >= 0 && leastThroughput <= 1,
                "the least throughput on probation is 0 to 1 of the one before",
                leastThroughput);
    }

    private static void require(boolean holds, String rule, Object value) {
        if (!holds) {
            throw new RefusedException(rule + ", not " + value);
        }
    }

    /** The same for another time. */
    public Probation lasting(Duration newTime) {
        return new Probation(newTime, failures, leastThroughput);
    }
}
