package ioverlay.observer.web;

import ioverlay.api.NodeId;
import ioverlay.observer.fleet.Fleet;
import ioverlay.observer.fleet.Member;
import ioverlay.observer.history.Course;
import ioverlay.observer.history.History;
import ioverlay.observer.history.Lines;
import ioverlay.observer.history.LinkSample;
import ioverlay.observer.history.LogFilter;
import ioverlay.observer.history.LogLine;
import ioverlay.observer.history.Sample;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** What was: a node's samples, and the log. */
final class HistoryResources {
    private static final long USUAL_SPAN_S = 600;
    private static final int USUAL_LINES = 200;
    private static final int MOST_STEP_S = 30 * 86_400;

    private final Fleet fleet;
    private final History history;
    private final InstantSource clock;

    HistoryResources(Fleet fleet, History history, InstantSource clock) {
        this.fleet = fleet;
        this.history = history;
        this.clock = clock;
    }

    void addTo(Routes routes) {
        routes.add("GET", "/api/nodes/{id}/history", this::course, "from", "to", "step", "format");
        routes.add("GET", "/api/log", this::log, "kind", "node", "text", "before", "limit", "format");
    }

    private Answer course(Request request) {
        String node = node(request.path("id"));
        boolean csv = Parameters.csv(request);
        Instant now = clock.instant();
        Instant to = Parameters.time(request, "to", now, now);
        Instant from = Parameters.time(request, "from", now, to.minusSeconds(USUAL_SPAN_S));
        if (from.isAfter(to)) {
            throw new Problem(400, "from must not be after to: " + from + " is after " + to);
        }
        double step = Parameters.number(request, "step", 0, 0, MOST_STEP_S);
        Course course = history.course(node, from, to, step);
        if (csv) {
            return Answer.csv("node-" + node.replace(':', '-') + ".csv", out -> table(out, course));
        }
        return Answer.json(out -> HistoryJson.write(out, node, course));
    }

    /** Also of a node that is not there any more, by its id. */
    private String node(String asked) {
        Optional<Member> member = fleet.member(asked);
        if (member.isPresent()) {
            return member.get().id().toString();
        }
        try {
            return NodeId.parse(asked).toString();
        } catch (IllegalArgumentException e) {
            throw new Problem(404, "no node '" + asked + "' has registered here");
        }
    }

    static String way(LinkSample link) {
        return link.outward() ? "to" : "from";
    }

    /** The node's rows first, then those of its links, which name the peer. */
    private static void table(OutputStream to, Course course) throws IOException {
        Writer out = writer(to);
        Csv.row(
                out,
                "time",
                "peer",
                "way",
                "inBytesPerSecond",
                "outBytesPerSecond",
                "inMessagesPerSecond",
                "outMessagesPerSecond",
                "queuedBytes",
                "failed",
                "bytesPerSecond",
                "roundTripMicros");
        for (Sample it : course.samples()) {
            Csv.row(
                    out,
                    it.time(),
                    "",
                    "",
                    it.inBytesPerSecond(),
                    it.outBytesPerSecond(),
                    it.inMessagesPerSecond(),
                    it.outMessagesPerSecond(),
                    it.queuedBytes(),
                    it.failed(),
                    "",
                    "");
        }
        for (LinkSample it : course.links()) {
            Csv.row(
                    out,
                    it.time(),
                    it.peer(),
                    way(it),
                    "",
                    "",
                    "",
                    "",
                    it.queuedBytes(),
                    "",
                    it.bytesPerSecond(),
                    it.roundTripMicros());
        }
        out.flush();
    }

    private static Writer writer(OutputStream to) {
        return new BufferedWriter(new OutputStreamWriter(to, StandardCharsets.UTF_8));
    }

    private Answer log(Request request) {
        boolean csv = Parameters.csv(request);
        Lines lines = history.past()
                .lines(new LogFilter(
                        Parameters.text(request, "kind"),
                        Parameters.text(request, "node"),
                        Parameters.text(request, "text"),
                        0,
                        Parameters.whole(request, "before", Long.MAX_VALUE, 1, Long.MAX_VALUE),
                        (int) Parameters.whole(
                                request, "limit", csv ? LogFilter.MOST : USUAL_LINES, 1, LogFilter.MOST)));
        return csv
                ? Answer.csv("log.csv", out -> table(out, lines))
                : Answer.json(out -> HistoryJson.write(out, lines));
    }

    private static void table(OutputStream to, Lines lines) throws IOException {
        Writer out = writer(to);
        Csv.row(out, "number", "time", "kind", "node", "name", "who", "sentence", "detail");
        for (Optional<LogLine> next = lines.next(); next.isPresent(); next = lines.next()) {
            LogLine line = next.get();
            var it = line.happening();
            Csv.row(
                    out,
                    line.number(),
                    it.time(),
                    it.kind(),
                    it.node(),
                    it.name(),
                    it.who(),
                    it.sentence(),
                    it.detail());
        }
        out.flush();
    }
}
