package ioverlay.api.observer;

import ioverlay.api.container.RefusedException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;

/**
 * What a rollout is to do.
 *
 * @param algorithm its name, 1 to 200 characters
 * @param version of its bundle, exactly: {@code 1.1.0}
 * @param application whose slot, as an unsigned number; 0 means every slot that runs the algorithm
 * @param nodes names or ids, at most {@value #MAX_NODES}, each once; empty means all that run another version
 * @param strategy how it begins
 * @param canary how many nodes go first, from 1
 * @param wave how many nodes go together after the canaries, from 1
 * @param watch how long each node is watched after its switch before the next wave begins, 0 to one hour
 * @param health what takes all nodes back
 * @param shadow how long the version first runs in the shadow on the nodes of the first wave; 0 to one hour, 0 for not at all
 */
public record RolloutPlan(
        String algorithm,
        String version,
        int application,
        List<String> nodes,
        Strategy strategy,
        int canary,
        int wave,
        Duration watch,
        Health health,
        Duration shadow) {
    /** The most nodes of one rollout. */
    public static final int MAX_NODES = 2000;

    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int LONGEST_NAME = 200;
    private static final String VERSION = "\\d{1,9}(\\.\\d{1,9}(\\.\\d{1,9}(\\.[A-Za-z0-9_-]{1,100})?)?)?";

    /** How a rollout begins. */
    public enum Strategy {
        /** All nodes in one wave. */
        ALL,
        /** A few nodes first, then waves. */
        CANARY
    }

    /**
     * What is healthy.
     *
     * @param failures how many failed calls of one slot since its switch are too many, 1 to 1000000
     * @param leastThroughput the part of its throughput before the switch (bytes that its calls send) that a slot must reach while it is watched, 0 to 1;
     *     0 asks for none. A slot that is given nothing to do is not judged
     * @param pause how long a switch may keep a node from dispatching at most, 1 ms to 1 min
     */
    public record Health(int failures, double leastThroughput, Duration pause) {
        /** Three failed calls, half of the throughput, one second. */
        public static final Health STANDARD = new Health(3, 0.5, Duration.ofSeconds(1));

        private static final int MOST_FAILURES = 1_000_000;

        /**
         * Checks every value.
         *
         * @throws RefusedException with the rule and the value
         */
        public Health {
            require(
                    failures >= 1 && failures <= MOST_FAILURES,
                    "a rollout goes back at 1 to " + MOST_FAILURES + " failed calls",
                    failures);
            require(
                    leastThroughput >= 0 && leastThroughput <= 1,
                    "the least throughput of a rollout is 0 to 1 of the one before",
                    leastThroughput);
            require(
                    pause.compareTo(Duration.ofMillis(1)) >= 0 && pause.compareTo(Duration.ofMinutes(1)) <= 0,
                    "the longest pause of a rollout's switches is 1 ms to 1 min",
                    millis(pause) + " ms");
        }

        /** Exactly, however short or long. */
        private static String millis(Duration time) {
            return BigDecimal.valueOf(time.getSeconds(), -3)
                    .add(BigDecimal.valueOf(time.getNano(), 6))
                    .stripTrailingZeros()
                    .toPlainString();
        }
    }

    /** Everything by default: one canary, then five nodes at a time, each watched for ten seconds, all nodes, no shadow. */
    public RolloutPlan(String algorithm, String version) {
        this(
                algorithm,
                version,
                0,
                List.of(),
                Strategy.CANARY,
                1,
                5,
                Duration.ofSeconds(10),
                Health.STANDARD,
                Duration.ZERO);
    }

    /**
     * Checks every value.
     *
     * @throws RefusedException with the rule and the value
     */
    public RolloutPlan {
        nodes = List.copyOf(nodes);
        require(
                !algorithm.isBlank() && algorithm.length() <= LONGEST_NAME,
                "the name of an algorithm has 1 to " + LONGEST_NAME + " characters",
                "'" + algorithm.substring(0, Math.min(algorithm.length(), LONGEST_NAME)) + "'");
        require(version.matches(VERSION), "a rollout brings one version, written as 1.2.3", "'" + version + "'");
        require(
                nodes.size() <= MAX_NODES,
                "a rollout has at most " + MAX_NODES + " nodes",
                Integer.toString(nodes.size()));
        require(new HashSet<>(nodes).size() == nodes.size(), "a rollout names each node once", nodes);
        require(canary >= 1, "a rollout has at least 1 canary", canary);
        require(wave >= 1, "a wave of a rollout has at least 1 node", wave);
        require(within(watch), "a rollout watches each node for 0 s to 1 h", watch.toMillis() + " ms");
        require(within(shadow), "the shadow of a rollout runs for 0 s to 1 h", shadow.toMillis() + " ms");
    }

    private static boolean within(Duration time) {
        return !time.isNegative() && time.compareTo(LONGEST) <= 0;
    }

    private static void require(boolean holds, String rule, Object value) {
        if (!holds) {
            throw new RefusedException(rule + ", not " + value);
        }
    }
}
