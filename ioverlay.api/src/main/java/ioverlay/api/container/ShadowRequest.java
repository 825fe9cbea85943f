package ioverlay.api.container;

import java.time.Duration;

/**
 * A version that is to run beside the one that serves.
 *
 * @param node name, or id as text
 * @param application the slot
 * @param algorithm name
 * @param versions an OSGi version range; the highest that matches is taken
 * @param time after which it ends by itself, above 0, at most one day
 */
public record ShadowRequest(String node, int application, String algorithm, String versions, Duration time) {
    private static final Duration LONGEST = Duration.ofDays(1);

    /**
     * Checks the time.
     *
     * @throws RefusedException with the rule and the value
     */
    public ShadowRequest {
        if (!time.isPositive() || time.compareTo(LONGEST) > 0) {
            throw new RefusedException("a shadow runs for 1 ms to one day, not " + time.toMillis() + " ms");
        }
    }
}
