package ioverlay.scenario.check;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.scenario.plan.Measure;
import ioverlay.scenario.plan.Measure.Gather;
import ioverlay.scenario.plan.Moment;
import ioverlay.scenario.plan.Plot;
import ioverlay.scenario.plan.Plot.Curve;
import ioverlay.scenario.plan.Plot.Kind;
import ioverlay.scenario.plan.Plot.Spot;
import ioverlay.scenario.plan.Probe;
import ioverlay.scenario.plan.What;
import ioverlay.scenario.run.Notebook;
import ioverlay.scenario.run.Notes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The values behind a plot. */
class PicturesTest {
    private static final Probe DEGREE = new Probe(What.DEGREE, 1, "");
    private static final Probe TOTAL = new Probe(What.STATUS, 0, "/emulation/total");

    private static Measure measure(Probe probe, double factor, Measure... divisor) {
        Optional<Measure> by = divisor.length == 0 ? Optional.empty() : Optional.of(divisor[0]);
        return new Measure(probe, List.of("s", "a", "b"), Gather.SUM, Moment.START, false, Moment.LAST, factor, "", by);
    }

    @Test
    void node_stress_is_degree_by_bandwidth_and_its_ideal_all_degrees_by_all_bandwidth() {
        Notebook notebook = Notes.of(Map.of(
                "s", Map.of(DEGREE, 2.0, TOTAL, 200_000.0),
                "a", Map.of(DEGREE, 1.0, TOTAL, 50_000.0),
                "b", Map.of(DEGREE, 1.0)));
        Measure stress = measure(DEGREE, 100_000, measure(TOTAL, 1));
        List<Spot> spots = stress.nodes().stream()
                .map(node -> new Spot(node, Optional.of(stress.at(node)), 0))
                .toList();
        Measure ideal = new Measure(
                DEGREE,
                List.of("s", "a"),
                Gather.SUM,
                Moment.START,
                false,
                Moment.LAST,
                100_000,
                "",
                Optional.of(new Measure(
                        TOTAL,
                        List.of("s", "a"),
                        Gather.SUM,
                        Moment.START,
                        false,
                        Moment.LAST,
                        1,
                        "",
                        Optional.empty())));
        Plot plot = new Plot(
                "Stress",
                Kind.CDF,
                "per 100 KB/s",
                "",
                false,
                List.of(new Curve("all", spots)),
                List.of(new Spot("ideal", Optional.of(ideal), 0)));

        assertThat(Pictures.of(List.of(plot), notebook)).hasToString("""
                [{"title":"Stress","kind":"cdf","unit":"per 100 KB/s","axis":"","logarithmic":false,\
                "series":[{"name":"all","values":[["s",1],["a",2],["b",null]]}],\
                "lines":[{"name":"ideal","value":1.2}]}]""");
    }
}
