package ioverlay.observer.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks for what a node did between two moments.
 *
 * @param node its id
 * @param from not before, by the clock
 * @param to not after, by the clock
 * @param step seconds that each sample is to stand for; 0 is as fine as it fits
 * @param aheadMs by how much stamps are ahead of the clock
 */
record CourseQuery(String node, Instant from, Instant to, double step, long aheadMs) implements Task.Work<Course> {
    @Override
    public Course with(Connection connection) throws SQLException {
        int id = NodeNames.find(connection, node);
        if (id < 0) {
            return new Course(step, List.of(), List.of());
        }
        Keys keys = new Keys(
                SampleKey.first(id, from.toEpochMilli() + aheadMs), SampleKey.last(id, to.toEpochMilli() + aheadMs));
        long leastMs = leastMs(connection, keys);
        long stepMs = Math.max((long) (step * 1000), leastMs);
        return new Course(
                stepMs / 1000.0,
                samples(connection, keys, Math.max(1, stepMs)),
                links(connection, keys, Math.max(1, stepMs)));
    }

    /** Both are of it. */
    private record Keys(long first, long last) {
        PreparedStatement fill(PreparedStatement statement) throws SQLException {
            statement.setLong(1, first);
            statement.setLong(2, last);
            return statement;
        }
    }

    /** How wide steps must be so that there are not too many; 0 if they may be as they are. */
    private long leastMs(Connection connection, Keys keys) throws SQLException {
        long places = count(connection, "SELECT COUNT(*) FROM sample", keys) > Course.MOST ? 1 : 0;
        if (count(connection, "SELECT COUNT(*) FROM link", keys) > Course.MOST) {
            String peers = "SELECT COUNT(DISTINCT peer * 2 + CAST(outward AS INT)) FROM link";
            places = Math.max(places, count(connection, peers, keys));
        }
        if (places == 0) {
            return 0;
        }
        long spanMs = SampleKey.stamp(keys.last()) - SampleKey.stamp(keys.first()) + 1;
        return 1000 * Math.ceilDiv(spanMs, 1000 * Math.max(1, (Course.MOST - 1) / places));
    }

    private static long count(Connection connection, String select, Keys keys) throws SQLException {
        try (PreparedStatement count = keys.fill(connection.prepareStatement(select + " WHERE k BETWEEN ? AND ?"));
                ResultSet rows = count.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private Instant shown(long number, long stepMs) {
        return Instant.ofEpochMilli(SampleKey.EPOCH_MS + number * stepMs - aheadMs);
    }

    private List<Sample> samples(Connection connection, Keys keys, long stepMs) throws SQLException {
        List<Sample> samples = new ArrayList<>();
        try (PreparedStatement select = keys.fill(connection.prepareStatement("SELECT " + SampleKey.TIME + " / "
                        + stepMs + " AS b, AVG(in_bytes), AVG(out_bytes), AVG(in_messages), AVG(out_messages),"
                        + " AVG(queued), MAX(failed) FROM sample WHERE k BETWEEN ? AND ? GROUP BY b ORDER BY b"));
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                samples.add(new Sample(
                        shown(row.getLong(1), stepMs),
                        row.getDouble(2),
                        row.getDouble(3),
                        row.getDouble(4),
                        row.getDouble(5),
                        row.getLong(6),
                        row.getLong(7)));
            }
        }
        return samples;
    }

    private List<LinkSample> links(Connection connection, Keys keys, long stepMs) throws SQLException {
        List<LinkSample> links = new ArrayList<>();
        try (PreparedStatement select = keys.fill(connection.prepareStatement("SELECT " + SampleKey.TIME + " / "
                        + stepMs + " AS b, n.name, outward, AVG(bytes), AVG(queued),"
                        + " COALESCE(AVG(NULLIF(round_trip, -1)), -1)"
                        + " FROM link JOIN node n ON n.id = peer WHERE k BETWEEN ? AND ? GROUP BY b, n.name, outward"
                        + " ORDER BY b, n.name, outward"));
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                links.add(new LinkSample(
                        shown(row.getLong(1), stepMs),
                        row.getString(2),
                        row.getBoolean(3),
                        row.getDouble(4),
                        row.getLong(5),
                        row.getDouble(6)));
            }
        }
        return links;
    }
}
