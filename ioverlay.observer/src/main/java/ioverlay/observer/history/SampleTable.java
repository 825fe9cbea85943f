package ioverlay.observer.history;

import com.google.gson.JsonObject;
import ioverlay.observer.fleet.Member;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Samples of nodes and their links as rows, by {@link SampleKey}.
 *
 * <p>Together all nodes are sampled at most {@value #MOST_A_SECOND} times a second, each status at most once: up to 20 nodes
 * that are polled every 2 s have every status kept, 200 one every 20 s each. Of a sample the {@value SampleKey#PLACES} links with
 * the highest rates are kept.
 */
final class SampleTable {
    private static final int MOST_A_SECOND = 10;
    private static final long BYTES = 200;

    private final Database database;
    private final Timeline timeline;
    private final Map<String, Long> sampled = new ConcurrentHashMap<>();
    private final NodeNames names = new NodeNames();

    SampleTable(Database database, Timeline timeline) {
        this.database = database;
        this.timeline = timeline;
    }

    /** The latest stamp of all samples; 0 if there are none. */
    static long latest(Connection connection) throws SQLException {
        long latest = 0;
        try (PreparedStatement select =
                connection.prepareStatement("SELECT MAX(k) FROM sample WHERE k BETWEEN ? AND ?")) {
            for (int node : NodeNames.all(connection)) {
                select.setLong(1, SampleKey.first(node, 0));
                select.setLong(2, SampleKey.last(node, Long.MAX_VALUE));
                try (var rows = select.executeQuery()) {
                    if (rows.next() && rows.getLong(1) != 0) {
                        latest = Math.max(latest, SampleKey.stamp(rows.getLong(1)));
                    }
                }
            }
        }
        return latest;
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
        long stamp = timeline.stamp(member.seen());
        Long before = sampled.get(node);
        long leastMs = sampled.size() <= 2 * MOST_A_SECOND ? 1 : sampled.size() * 1000L / MOST_A_SECOND;
        // A little less than before is a clock that was corrected by a little.
        if (before != null && stamp - before >= 0 && stamp - before < leastMs) {
            return;
        }
        sampled.put(node, stamp);
        Row row = Row.of(member.status());
        database.write(BYTES * (1 + row.links().size()), connection -> insert(connection, node, stamp, row));
    }

    /**
     * What is kept of a status.
     *
     * @param numbers in the order of the columns
     */
    private record Row(List<Double> numbers, long queued, long failed, List<Link> links) {
        static Row of(JsonObject status) {
            JsonObject rates = Reading.object(status, "rates");
            List<Link> links = new ArrayList<>();
            Reading.objects(status, "upstreams").forEach(link -> links.add(Link.of(link, false)));
            Reading.objects(status, "downstreams").forEach(link -> links.add(Link.of(link, true)));
            long queued = links.stream().mapToLong(Link::queued).sum();
            double failed = 0;
            for (JsonObject slot : Reading.objects(status, "slots")) {
                failed += Reading.number(slot, "failed");
            }
            links.sort(Comparator.comparingDouble(Link::bytes).reversed());
            return new Row(
                    List.of(
                            Reading.number(rates, "inBytesPerSecond"),
                            Reading.number(rates, "outBytesPerSecond"),
                            Reading.number(rates, "inMessagesPerSecond"),
                            Reading.number(rates, "outMessagesPerSecond")),
                    queued,
                    (long) failed,
                    List.copyOf(links.subList(0, Math.min(SampleKey.PLACES, links.size()))));
        }
    }

    /**
     * A link of a status.
     *
     * @param outward whether the node dialled it
     */
    private record Link(String peer, boolean outward, double bytes, long queued, double roundTrip) {
        static Link of(JsonObject link, boolean outward) {
            return new Link(
                    Reading.text(link, "peer"),
                    outward,
                    Reading.number(link, "bytesPerSecond"),
                    (long) Reading.number(link, "queuedBytes"),
                    Reading.number(link, "roundTripMicros"));
        }
    }

    private int insert(Connection connection, String node, long stamp, Row row) throws SQLException {
        int id = names.id(connection, node, stamp);
        try (PreparedStatement merge =
                connection.prepareStatement("MERGE INTO sample KEY (k) VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            merge.setLong(1, SampleKey.of(id, stamp, 0));
            for (int i = 0; i < row.numbers().size(); i++) {
                merge.setDouble(2 + i, row.numbers().get(i));
            }
            merge.setLong(6, row.queued());
            merge.setLong(7, row.failed());
            merge.executeUpdate();
        }
        try (PreparedStatement merge =
                connection.prepareStatement("MERGE INTO link KEY (k) VALUES (?, ?, ?, ?, ?, ?)")) {
            int place = 0;
            for (Link link : row.links()) {
                merge.setLong(1, SampleKey.of(id, stamp, place++));
                merge.setInt(2, names.id(connection, link.peer(), stamp));
                merge.setBoolean(3, link.outward());
                merge.setDouble(4, link.bytes());
                merge.setLong(5, link.queued());
                merge.setDouble(6, link.roundTrip());
                merge.addBatch();
            }
            return merge.executeBatch().length;
        }
    }

    /** What a node did between two moments, in steps of so many seconds; 0 is as fine as it fits. */
    Course course(String node, Instant from, Instant to, double step) {
        database.flush();
        return database.read(new CourseQuery(node, from, to, step, timeline.ahead()));
    }
}
