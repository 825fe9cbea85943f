package ioverlay.scenario.plan;

import com.google.gson.JsonElement;
import java.util.Optional;

/**
 * What is expected of a measurement.
 *
 * @param kind how it is compared
 * @param value with what, if that is known
 * @param other with what, if it is another measurement
 * @param tolerance in the measurement's unit, or a part of what is expected
 * @param isPart whether the tolerance is a part
 */
public record Bound(Kind kind, JsonElement value, Optional<Measure> other, double tolerance, boolean isPart) {
    /** How a measurement is compared. */
    public enum Kind {
        /** The same, but for the tolerance. */
        EQUAL,
        /** Not more, but for the tolerance. */
        AT_MOST,
        /** Not less, but for the tolerance. */
        AT_LEAST
    }
}
