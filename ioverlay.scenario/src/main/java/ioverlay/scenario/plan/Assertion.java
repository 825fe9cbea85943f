package ioverlay.scenario.plan;

import java.util.Optional;

/**
 * What must come out, or a figure that is only reported.
 *
 * @param name for a person
 * @param measure what
 * @param bound what is expected; empty for a figure
 * @param note for a person, or empty
 */
public record Assertion(String name, Measure measure, Optional<Bound> bound, String note) {}
