package ioverlay.scenario.plan;

import ioverlay.scenario.text.Nearest;
import ioverlay.scenario.text.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What an entry of the time line can do; the words of {@code docs/commands.md}, and a few more. */
public enum Verb {
    /** Makes a node that is not there. */
    CREATE(Target.NODES),
    /** Ends a node gracefully. */
    REMOVE(Target.NODES),
    /** Ends a node as if its machine had died. */
    FAIL(Target.NODES),
    /** Starts an application. */
    START(Target.NODES, "application", "type", "settings"),
    /** Ends an application. */
    STOP(Target.NODES, "application"),
    /** Tells the algorithm JOIN. */
    JOIN(Target.NODES, "application", "settings"),
    /** Tells the algorithm LEAVE. */
    LEAVE(Target.NODES, "application"),
    /** Tells the algorithm CONFIGURE. */
    CONFIGURE(Target.NODES, "application", "settings"),
    /** Tells the algorithm what only it understands. */
    CUSTOM(Target.NODES, "application", "param1", "param2", "text", "type"),
    /** Changes the emulated network. */
    EMULATE(Target.NODES, "change"),
    /** Sets the weight of an upstream. */
    WEIGH(Target.NODES, "application", "upstream", "weight"),
    /** Measures the way to another node. */
    MEASURE(Target.NODES, "peer", "bandwidth"),
    /** Replaces an algorithm. */
    SWAP(Target.NODES, "application", "algorithm", "versions", "settings", "probation", "expect"),
    /** Goes back to the version before. */
    ROLLBACK(Target.NODES, "application"),
    /** Runs a version beside the one that serves. */
    SHADOW(Target.NODES, "application", "algorithm", "versions", "seconds"),
    /** Says why a slot is as it is. */
    WHY(Target.NODES, "application"),
    /** Brings a version to several nodes by the observer's rollout. */
    ROLLOUT(Target.TOGETHER, Rollouts.MEMBERS),
    /** Adds a bundle. */
    DEPLOY(Target.CONTAINER, "bundle"),
    /** Waits for a condition. */
    WAIT(Target.CONTAINER, "until", "limit"),
    /** Only names a moment. */
    MARK(Target.CONTAINER);

    /** Who does it. */
    enum Target {
        NODES,
        TOGETHER,
        CONTAINER
    }

    private final Target target;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is
    private final List<String> members;

    Verb(Target target, String... members) {
        this.target = target;
        this.members = List.of(members);
    }

    /** Whether nodes do it, not the container. */
    public boolean isOfNodes() {
        return target != Target.CONTAINER;
    }

    /** Whether it is done once for all its nodes. */
    boolean isTogether() {
        return target == Target.TOGETHER;
    }

    /** Whether the time line does not wait for its end: it takes a probation, a run, a measurement. */
    public boolean isLong() {
        return this == SWAP || this == ROLLBACK || this == SHADOW || this == MEASURE || this == ROLLOUT;
    }

    /** What belongs to it besides what all entries have. */
    List<String> members() {
        return members;
    }

    /** As it is written. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Verb read(Value value) {
        return Arrays.stream(values())
                .filter(verb ->
                        value.isText() && verb.word().equals(value.scalar().getAsString()))
                .findFirst()
                .orElseThrow(() -> value.wrong("what is done is one of " + String.join(", ", words())
                        + nearest(value)
                                .map(word -> " (did you mean '" + word + "'?)")
                                .orElse("")));
    }

    private static List<String> words() {
        return Arrays.stream(values()).map(Verb::word).toList();
    }

    private static Optional<String> nearest(Value value) {
        return value.isText() ? Nearest.of(value.scalar().getAsString(), words()) : Optional.empty();
    }

    /** What is meant by a word that is nearly one of these. */
    static Optional<Verb> meant(Value value) {
        return nearest(value)
                .filter(word -> Nearest.isSlip(value.scalar().getAsString(), word))
                .map(word -> valueOf(word.toUpperCase(Locale.ROOT)));
    }

    /** Whether a member belongs to any of them. */
    static boolean anyHas(String member) {
        return Arrays.stream(values()).anyMatch(verb -> verb.members.contains(member));
    }
}
