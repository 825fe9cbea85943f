package ioverlay.observer.web;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import ioverlay.observer.fleet.Fleet;
import ioverlay.observer.fleet.Happening;
import ioverlay.observer.fleet.Member;
import ioverlay.observer.history.Reading;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * Numbers for Prometheus. What a label may say is bounded, whatever nodes and clients do: nodes by {@value #MOST_NODES}, kinds
 * of happenings by {@value #MOST_KINDS}, routes by those that there are.
 *
 * <p><b>Threads:</b> any.
 */
final class Metrics implements Front.Tally {
    private static final int MOST_NODES = 200;
    private static final int MOST_KINDS = 64;

    private static final String BOUNDED = " Of the first " + MOST_NODES
            + " nodes by id; the gauge overlay_nodes_without_rates says how many are left out.";

    private static final Set<String> ROLLOUT_ENDS = Set.of("completed", "returned", "aborted", "failed");
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST");

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    private final Set<String> kinds = ConcurrentHashMap.newKeySet();

    // Without exemplars, which look for a tracer in bundles that are not there.
    private final Counter requests = Counter.builder()
            .withoutExemplars()
            .name("overlay_http_requests_total")
            .help("Requests by method, route and status of the answer.")
            .labelNames("method", "route", "status")
            .withoutExemplars() // they look for a tracer, which is not there
            .register(registry);
    private final Histogram durations = Histogram.builder()
            .withoutExemplars()
            .name("overlay_http_request_seconds")
            .help("From the request to the end of its answer; events that are listened to are not in it.")
            .classicOnly()
            .classicUpperBounds(0.001, 0.01, 0.1, 1, 10, 60)
            .withoutExemplars()
            .register(registry);
    private final Counter statuses = Counter.builder()
            .withoutExemplars()
            .name("overlay_statuses_total")
            .help("Changes of nodes that were heard: statuses that were polled, nodes that came and went.")
            .withoutExemplars()
            .register(registry);
    private final Counter happenings = Counter.builder()
            .withoutExemplars()
            .name("overlay_happenings_total")
            .help("Lines of the log by kind; kinds beyond the first " + MOST_KINDS + " are counted as other.")
            .labelNames("kind")
            .withoutExemplars()
            .register(registry);
    private final Counter swaps = Counter.builder()
            .withoutExemplars()
            .name("overlay_swaps_total")
            .help("Swaps that have ended, by outcome.")
            .labelNames("outcome")
            .withoutExemplars()
            .register(registry);
    private final Counter rollouts = Counter.builder()
            .withoutExemplars()
            .name("overlay_rollouts_total")
            .help("Rollouts that have ended, by the state in which they did.")
            .labelNames("state")
            .withoutExemplars()
            .register(registry);

    Metrics(Fleet fleet) {
        GaugeWithCallback.builder()
                .name("overlay_nodes")
                .help("Nodes by state.")
                .labelNames("state")
                .callback(gauge -> {
                    List<Member> members = fleet.members();
                    gauge.call(count(members, Member.State.LIVE), "live");
                    gauge.call(count(members, Member.State.LOST), "lost");
                })
                .register(registry);
        gauge(
                "overlay_containers",
                "Containers with a line.",
                () -> fleet.homes().size());
        counter(
                "overlay_line_in_bytes_total",
                "From containers, all lines together.",
                () -> fleet.counts().bytesIn());
        counter(
                "overlay_line_out_bytes_total",
                "To containers, all lines together.",
                () -> fleet.counts().bytesOut());
        counter(
                "overlay_polls_total",
                "Containers asked for the status of their nodes.",
                () -> fleet.counts().polls());
        counter(
                "overlay_polls_answered_total",
                "Of these, those that answered.",
                () -> fleet.counts().answered());
        counter(
                "overlay_polls_late_total",
                "Those that did not in time, and lost their line.",
                () -> fleet.counts().late());
        counter(
                "overlay_admissions_refused_total",
                "Containers and nodes not let in, since another has their place.",
                () -> fleet.counts().refused());
        counter(
                "overlay_happenings_dropped_total",
                "Lines for the log that were lost, since the observer was too slow.",
                () -> fleet.counts().dropped());
        rates(fleet, "overlay_node_in_bytes_per_second", "What a node takes from its neighbours.", "inBytesPerSecond");
        rates(fleet, "overlay_node_out_bytes_per_second", "What a node writes to its neighbours.", "outBytesPerSecond");
        gauge(
                "overlay_nodes_without_rates",
                "Nodes that are too many for rates of their own here.",
                () -> Math.max(0, fleet.members().size() - MOST_NODES));
        ProcessNumbers.register(this);
    }

    private static double count(List<Member> members, Member.State state) {
        return members.stream().filter(member -> member.state() == state).count();
    }

    private void rates(Fleet fleet, String name, String help, String rate) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help + BOUNDED)
                .labelNames("node", "name")
                .callback(gauge -> fleet.members().stream()
                        .filter(member -> member.state() == Member.State.LIVE)
                        .limit(MOST_NODES)
                        .forEach(member -> gauge.call(
                                Reading.number(Reading.object(member.status(), "rates"), rate),
                                member.id().toString(),
                                member.name())))
                .register(registry);
    }

    /** A number that is asked for when it is wanted. */
    void gauge(String name, String help, DoubleSupplier number) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(gauge -> gauge.call(number.getAsDouble()))
                .register(registry);
    }

    /** A number that only grows. */
    void counter(String name, String help, DoubleSupplier number) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .callback(counter -> counter.call(number.getAsDouble()))
                .register(registry);
    }

    void addTo(Routes routes) {
        routes.add(
                "GET",
                "/metrics",
                request -> new Answer(200, writer.getContentType(), out -> writer.write(out, registry.scrape())));
    }

    @Override
    public void answered(String method, String route, int status, long tookNs) {
        requests.labelValues(METHODS.contains(method) ? method : "other", route, String.valueOf(status))
                .inc();
        if (!route.equals("/api/events")) {
            durations.observe(tookNs / (double) TimeUnit.SECONDS.toNanos(1));
        }
    }

    /** A node was heard of. */
    void changed() {
        statuses.inc();
    }

    /** A line was written into the log. */
    void happened(Happening happening) {
        String kind = happening.kind();
        boolean known = kinds.contains(kind) || (kinds.size() < MOST_KINDS && kinds.add(kind));
        happenings.labelValues(known ? kind : "other").inc();
        if (kind.equals("swap")) {
            String outcome = Reading.text(happening.detail(), "outcome");
            swaps.labelValues(outcome.matches("[A-Za-z_]{1,24}") ? outcome : "other")
                    .inc();
        }
        if (kind.equals("rollout") && ROLLOUT_ENDS.contains(Reading.text(happening.detail(), "state"))) {
            rollouts.labelValues(Reading.text(happening.detail(), "state")).inc();
        }
    }
}
