package ioverlay.observer.history;

import com.google.gson.JsonObject;
import ioverlay.observer.fleet.Member;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Samples of nodes and their links as rows. The key of a row is one number: the node (20 bits), the time in milliseconds
 * since 2025 (39 bits, until 2042), its place among the links of the sample (4 bits).
 *
 * <p>Together all nodes are sampled at most {@value #MOST_A_SECOND} times a second, each status at most once: up to 20 nodes
 * that are polled every 2 s have every status kept, 200 one every 20 s each. Of a sample the {@value #MOST_LINKS} links with
 * the highest rates are kept.
 */
final class SampleTable {
    private static final int MOST_A_SECOND = 10;
    private static final int MOST_LINKS = 16;

    private static final long EPOCH_MS = Instant.parse("2025-01-01T00:00:00Z").toEpochMilli();
    private static final int PLACE_BITS = 4;
    private static final int TIME_BITS = 39;
    private static final int NODE_BITS = 20;
    private static final long LATEST = (1L << TIME_BITS) - 1;

    /** The time in a key, for statements. */
    private static final String TIME = "BITAND(RSHIFT(k, " + PLACE_BITS + "), " + LATEST + ")";

    private final Database database;
    private final Map<String, Instant> sampled = new ConcurrentHashMap<>();
    /** Of the writer's thread alone. */
    private final Map<String, Integer> ids = new HashMap<>();

    SampleTable(Database database) {
        this.database = database;
    }

    private static long key(long node, long time, int place) {
        return (node << (TIME_BITS + PLACE_BITS)) | (clamped(time) << PLACE_BITS) | place;
    }

    private static long clamped(long time) {
        return Math.clamp(time - EPOCH_MS, 0, LATEST);
    }

    /** Keeps a sample of it, if it is time for one. */
    void offer(Member member) {
        String node = member.id().toString();
        if (member.state() != Member.State.LIVE) {
            sampled.remove(node);
            return;
        }
        if (!member.status().has("rates")) {
            return;
        }
        Instant before = sampled.get(node);
        long leastMs = sampled.size() <= 2 * MOST_A_SECOND ? 1 : sampled.size() * 1000L / MOST_A_SECOND;
        if (before != null && Duration.between(before, member.seen()).toMillis() < leastMs) {
            return;
        }
        sampled.put(node, member.seen());
        JsonObject status = member.status();
        database.write(connection -> insert(connection, node, member.seen().toEpochMilli(), status));
    }

    private int insert(Connection connection, String node, long time, JsonObject status) throws SQLException {
        int id = id(connection, node);
        JsonObject rates = Reading.object(status, "rates");
        List<JsonObject> ups = Reading.objects(status, "upstreams");
        List<JsonObject> downs = Reading.objects(status, "downstreams");
        double failed = 0;
        for (JsonObject slot : Reading.objects(status, "slots")) {
            failed += Reading.number(slot, "failed");
        }
        try (PreparedStatement merge =
                connection.prepareStatement("MERGE INTO sample KEY (k) VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            merge.setLong(1, key(id, time, 0));
            merge.setDouble(2, Reading.number(rates, "inBytesPerSecond"));
            merge.setDouble(3, Reading.number(rates, "outBytesPerSecond"));
            merge.setDouble(4, Reading.number(rates, "inMessagesPerSecond"));
            merge.setDouble(5, Reading.number(rates, "outMessagesPerSecond"));
            merge.setLong(6, queued(ups) + queued(downs));
            merge.setLong(7, (long) failed);
            merge.executeUpdate();
        }
        List<Link> links = new ArrayList<>();
        ups.forEach(link -> links.add(new Link(link, false)));
        downs.forEach(link -> links.add(new Link(link, true)));
        links.sort(Comparator.comparingDouble(Link::rate).reversed());
        return insert(connection, id, time, links.subList(0, Math.min(MOST_LINKS, links.size())));
    }

    /**
     * A link of a status.
     *
     * @param status of it
     * @param outward whether the node dialled it
     */
    private record Link(JsonObject status, boolean outward) {
        double rate() {
            return Reading.number(status, "bytesPerSecond");
        }
    }

    private int insert(Connection connection, int id, long time, List<Link> links) throws SQLException {
        try (PreparedStatement merge =
                connection.prepareStatement("MERGE INTO link KEY (k) VALUES (?, ?, ?, ?, ?, ?)")) {
            int place = 0;
            for (Link link : links) {
                merge.setLong(1, key(id, time, place++));
                merge.setInt(2, id(connection, Reading.text(link.status(), "peer")));
                merge.setBoolean(3, link.outward());
                merge.setDouble(4, link.rate());
                merge.setLong(5, (long) Reading.number(link.status(), "queuedBytes"));
                merge.setDouble(6, Reading.number(link.status(), "roundTripMicros"));
                merge.addBatch();
            }
            return merge.executeBatch().length;
        }
    }

    private static long queued(List<JsonObject> links) {
        return links.stream()
                .mapToLong(link -> (long) Reading.number(link, "queuedBytes"))
                .sum();
    }

    private int id(Connection connection, String node) throws SQLException {
        Integer known = ids.get(node);
        if (known != null) {
            return known;
        }
        int id = find(connection, node);
        if (id < 0) {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO node (name) VALUES (?)", Statement.RETURN_GENERATED_KEYS)) {
                insert.setString(1, node.length() <= 64 ? node : node.substring(0, 64));
                insert.executeUpdate();
                try (ResultSet keys = insert.getGeneratedKeys()) {
                    keys.next();
                    id = keys.getInt(1);
                }
            }
        }
        if (id >= 1 << NODE_BITS) {
            throw new SQLException("the history has seen 2^" + NODE_BITS + " nodes and can number no more");
        }
        ids.put(node, id);
        return id;
    }

    private static int find(Connection connection, String node) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT id FROM node WHERE name = ?")) {
            select.setString(1, node);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? rows.getInt(1) : -1;
            }
        }
    }

    /** What a node did between two moments, in steps of so many seconds; 0 is as fine as it fits. */
    Course course(String node, Instant from, Instant to, double step) {
        database.flush();
        return database.read(connection -> {
            int id = find(connection, node);
            if (id < 0) {
                return new Course(step, List.of(), List.of());
            }
            long first = key(id, from.toEpochMilli(), 0);
            long last = key(id, to.toEpochMilli(), (1 << PLACE_BITS) - 1);
            long spanMs = clamped(to.toEpochMilli()) - clamped(from.toEpochMilli()) + 1;
            long places = Math.max(
                    count(connection, "SELECT COUNT(*) FROM sample", first, last) > Course.MOST ? 1 : 0,
                    count(connection, "SELECT COUNT(*) FROM link", first, last) > Course.MOST
                            ? count(
                                    connection,
                                    "SELECT COUNT(DISTINCT peer * 2 + CAST(outward AS INT)) FROM link",
                                    first,
                                    last)
                            : 0);
            long leastMs =
                    places == 0 ? 0 : 1000 * Math.ceilDiv(spanMs, 1000 * Math.max(1, (Course.MOST - 1) / places));
            long stepMs = Math.max((long) (step * 1000), leastMs);
            return new Course(
                    stepMs / 1000.0,
                    samples(connection, first, last, Math.max(1, stepMs)),
                    links(connection, first, last, Math.max(1, stepMs)));
        });
    }

    private static long count(Connection connection, String select, long first, long last) throws SQLException {
        try (PreparedStatement count = connection.prepareStatement(select + " WHERE k BETWEEN ? AND ?")) {
            count.setLong(1, first);
            count.setLong(2, last);
            try (ResultSet rows = count.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private static List<Sample> samples(Connection connection, long first, long last, long stepMs) throws SQLException {
        List<Sample> samples = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT " + TIME + " / " + stepMs + " AS b,"
                + " AVG(in_bytes), AVG(out_bytes), AVG(in_messages), AVG(out_messages), AVG(queued), MAX(failed)"
                + " FROM sample WHERE k BETWEEN ? AND ? GROUP BY b ORDER BY b")) {
            select.setLong(1, first);
            select.setLong(2, last);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    samples.add(new Sample(
                            Instant.ofEpochMilli(EPOCH_MS + row.getLong(1) * stepMs),
                            row.getDouble(2),
                            row.getDouble(3),
                            row.getDouble(4),
                            row.getDouble(5),
                            row.getLong(6),
                            row.getLong(7)));
                }
            }
        }
        return samples;
    }

    private static List<LinkSample> links(Connection connection, long first, long last, long stepMs)
            throws SQLException {
        List<LinkSample> links = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT " + TIME + " / " + stepMs + " AS b, n.name,"
                + " outward, AVG(bytes), AVG(queued), COALESCE(AVG(NULLIF(round_trip, -1)), -1)"
                + " FROM link JOIN node n ON n.id = peer WHERE k BETWEEN ? AND ? GROUP BY b, n.name, outward"
                + " ORDER BY b, n.name, outward")) {
            select.setLong(1, first);
            select.setLong(2, last);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    links.add(new LinkSample(
                            Instant.ofEpochMilli(EPOCH_MS + row.getLong(1) * stepMs),
                            row.getString(2),
                            row.getBoolean(3),
                            row.getDouble(4),
                            row.getLong(5),
                            row.getDouble(6)));
                }
            }
        }
        return links;
    }

    /** Where the keys of a node begin that are younger than that. */
    static long keyAt(int node, Instant time) {
        return key(node, time.toEpochMilli(), 0);
    }
}
