package ioverlay.scenario.check;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import ioverlay.scenario.plan.Probe;
import ioverlay.scenario.run.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * One probe of one node over time. A counter that falls began anew, as with a node that came back.
 *
 * @param points in the order of time
 */
record Series(List<Point> points) {
    /** A value at a moment. */
    record Point(double seconds, JsonElement value) {
        boolean isNumber() {
            return value instanceof JsonPrimitive primitive && primitive.isNumber();
        }

        double number() {
            return value.getAsDouble();
        }
    }

    static Series of(List<Sample> samples, String node, Probe probe) {
        List<Point> points = new ArrayList<>();
        for (Sample sample : samples) {
            Sample.Reading reading = sample.nodes().get(node);
            JsonElement value = reading == null ? null : reading.values().get(probe);
            if (reading != null && value != null && !value.isJsonNull()) {
                points.add(new Point(reading.seconds(), value));
            }
        }
        return new Series(points);
    }

    /** What the counter has grown to by then, over all beginnings; evenly between two samples. */
    OptionalDouble grown(double seconds) {
        double total = 0;
        double before = 0;
        Point last = null;
        for (Point point : points) {
            if (!point.isNumber()) {
                continue;
            }
            double step = point.number() >= before ? point.number() - before : point.number();
            if (last == null && point.seconds() > seconds) {
                return OptionalDouble.empty();
            }
            if (last != null && point.seconds() > seconds) {
                double part = (seconds - last.seconds()) / (point.seconds() - last.seconds());
                return OptionalDouble.of(total + part * step);
            }
            total += step;
            before = point.number();
            last = point;
        }
        return last == null ? OptionalDouble.empty() : OptionalDouble.of(total);
    }

    /** The mean of the samples in a window; of the nearest one if there is none. */
    OptionalDouble mean(double from, double to) {
        OptionalDouble inside = points.stream()
                .filter(Point::isNumber)
                .filter(point -> point.seconds() >= from && point.seconds() <= to)
                .mapToDouble(Point::number)
                .average();
        if (inside.isPresent()) {
            return inside;
        }
        JsonElement at = at(to);
        return at.isJsonNull() ? OptionalDouble.empty() : OptionalDouble.of(at.getAsDouble());
    }

    /** The last value by then; null if there is none. */
    JsonElement at(double seconds) {
        JsonElement value = JsonNull.INSTANCE;
        for (Point point : points) {
            if (point.seconds() <= seconds + 1e-9) {
                value = point.value();
            }
        }
        return value;
    }

    /** The longest time in a window in which the counter did not grow, to the precision of samples. */
    OptionalDouble gap(double from, double to) {
        double longest = 0;
        double since = from;
        double before = 0;
        boolean any = false;
        for (Point point : points) {
            if (!point.isNumber()) {
                continue;
            }
            boolean grew = Double.compare(point.number(), before) != 0;
            before = point.number();
            if (point.seconds() < from) {
                continue;
            }
            if (point.seconds() > to) {
                break;
            }
            any = true;
            if (grew) {
                longest = Math.max(longest, point.seconds() - since);
                since = point.seconds();
            }
        }
        return any ? OptionalDouble.of(Math.max(longest, to - since)) : OptionalDouble.empty();
    }
}
