package ioverlay.bench.emulation;

import ioverlay.api.container.Network;
import ioverlay.api.container.Nodes;
import ioverlay.bench.Conditions;
import ioverlay.bench.emulation.EmulationOptions.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Lets nodes believe in networks, and looks whether applications at their ends see what was asked for. */
final class EmulationBench {
    private static final long WARM_UP_NS = TimeUnit.MILLISECONDS.toNanos(1500);
    private static final long WARM_UP_RATE = 15_000_000;

    private final Nodes nodes;
    private final Network network;
    private final Gauges gauges;
    private final Steps steps;

    EmulationBench(Nodes nodes, Network network, Gauges gauges, Steps steps) {
        this.nodes = nodes;
        this.network = network;
        this.gauges = gauges;
        this.steps = steps;
    }

    private Fleet fleet() {
        return new Fleet(nodes, network, gauges);
    }

    /** Measures everything that was asked for; a few minutes. */
    EmulationReport run(EmulationOptions options) throws InterruptedException {
        steps.next("warming up");
        warmUp();
        List<Row> caps = new CapRates(this::fleet, options.seconds()).measure(options.kinds(), options.rates(), steps);
        List<Row> changes = List.of();
        List<Row> shares = List.of();
        List<Row> delays = List.of();
        for (Part part : options.parts()) {
            try (Fleet fleet = fleet()) {
                switch (part) {
                    case CHANGES -> {
                        steps.next("caps that change");
                        changes = Changes.measure(fleet);
                    }
                    case SHARES -> {
                        steps.next("shares of 8 sessions, by weight");
                        shares = Shares.measure(fleet, options.seconds());
                    }
                    case DELAYS -> {
                        steps.next("latency, jitter, loss");
                        delays = Delays.measure(fleet, options.seconds());
                    }
                }
            }
        }
        return new EmulationReport(caps, changes, shares, delays, Conditions.here());
    }

    /** Code that is not compiled yet is slower than the highest rates, and what was not loaded yet delays a first message. */
    private void warmUp() throws InterruptedException {
        try (Fleet fleet = fleet()) {
            List<Gauge> all = new ArrayList<>();
            for (Kind kind : Kind.values()) {
                Road road = Road.of(fleet, "warm-" + kind.name(), kind, WARM_UP_RATE);
                road.send(fleet, Road.payload(WARM_UP_RATE));
                all.add(road.gauge());
            }
            Waits.afterFirst(all, WARM_UP_NS);
        }
    }
}
