package ioverlay.scenario.run;

/**
 * An event of the container, on the run's clock.
 *
 * @param seconds when it was heard
 * @param kind as in {@code docs/status.md}
 * @param node name, or empty
 * @param sentence for a person
 */
public record Happening(double seconds, String kind, String node, String sentence) {}
