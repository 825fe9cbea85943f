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
 * One probe of one node over time. Nothing is known of a node between its last sample and its first one of another life.
 *
 * @param points one for each sample, in the order of time
 */
record Series(List<Point> points) {
    /**
     * What a sample has.
     *
     * @param seconds when the node was asked
     * @param life which it is of the node's; 0 if it was not there
     * @param value null if it said nothing of that
     * @param grown what the counter has grown to, over all lives
     */
    record Point(double seconds, int life, JsonElement value, double grown) {
        boolean isThere() {
            return life > 0;
        }

        boolean isNumber() {
            return isThere() && isNumeric(value);
        }

        double number() {
            return value.getAsDouble();
        }

        /** Whether it is known what was between them. */
        boolean isNextOf(Point before) {
            return isNumber() && before.isNumber() && life == before.life;
        }
    }

    static Series of(List<Sample> samples, String node, Probe probe) {
        List<Point> points = new ArrayList<>();
        for (Sample sample : samples) {
            Sample.Reading reading = sample.nodes().get(node);
            points.add(
                    reading == null
                            ? new Point(sample.seconds(), 0, JsonNull.INSTANCE, 0)
                            : point(reading, reading.values().getOrDefault(probe, JsonNull.INSTANCE), probe));
        }
        return new Series(points);
    }

    private static Point point(Sample.Reading reading, JsonElement value, Probe probe) {
        double grown = reading.life().grown().getOrDefault(probe, isNumeric(value) ? value.getAsDouble() : 0);
        return new Point(reading.seconds(), reading.life().number(), value, grown);
    }

    private static boolean isNumeric(JsonElement value) {
        return value instanceof JsonPrimitive primitive && primitive.isNumber();
    }

    /** What the counter has grown to by then; evenly between two samples. */
    OptionalDouble grown(double seconds) {
        Point last = null;
        for (Point point : points) {
            if (!point.isNumber()) {
                continue;
            }
            if (point.seconds() > seconds) {
                return last == null
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(last.grown()
                                + (point.grown() - last.grown())
                                        * (seconds - last.seconds())
                                        / (point.seconds() - last.seconds()));
            }
            last = point;
        }
        return last == null ? OptionalDouble.empty() : OptionalDouble.of(last.grown());
    }

    /** By how much the counter grew in a second, over as much of the window as samples of the node cover. */
    OptionalDouble rate(double from, double to) {
        double growth = 0;
        double covered = 0;
        for (int i = 1; i < points.size(); i++) {
            Point before = points.get(i - 1);
            Point point = points.get(i);
            double time = point.seconds() - before.seconds();
            double within = Math.min(to, point.seconds()) - Math.max(from, before.seconds());
            if (point.isNextOf(before) && within > 0) {
                growth += (point.grown() - before.grown()) * within / time;
                covered += within;
            }
        }
        return covered == 0 ? OptionalDouble.empty() : OptionalDouble.of(growth / covered);
    }

    /** The mean of the samples in a window; of the last one before its end if there is none. */
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

    /** The last value by then of the life that the node has then; null if there is none, or the node is not there. */
    JsonElement at(double seconds) {
        JsonElement value = JsonNull.INSTANCE;
        int life = 0;
        for (Point point : points) {
            if (point.seconds() > seconds + 1e-9) {
                break;
            }
            if (point.life() != life) {
                value = JsonNull.INSTANCE;
                life = point.life();
            }
            if (!point.value().isJsonNull()) {
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
            boolean grew = point.grown() > before;
            before = point.grown();
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
