package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.container.Emulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Eight sessions from eight upstreams through one capped node: each gets the share of its weight, within 5 %. */
class FairShareTest {
    private static final int SESSIONS = 8;
    private static final int RATE = 2_000_000;
    private static final int PAYLOAD = 400;
    private static final Duration SETTLE = Duration.ofMillis(700);
    private static final Duration MEASURE = Duration.ofMillis(1_500);

    /** Where the node is capped. */
    enum Where {
        TOTAL,
        IN,
        OUT;

        Emulation network() {
            return switch (this) {
                case TOTAL -> Networks.total(RATE);
                case IN -> Networks.in(RATE);
                case OUT -> Networks.out(RATE);
            };
        }
    }

    private static int weight(int session) {
        return 1 + session / 2; // 1, 1, 2, 2, 3, 3, 4, 4
    }

    /** Each session's bytes per second, divided by what its weight gives it of the cap: so their sum is right, too. */
    private static List<Double> shares(Where where, int sinks) {
        try (Testbed testbed = Testbed.open()) {
            Node middle = testbed.node("middle", where.network());
            List<Node> ends = new ArrayList<>();
            for (int i = 0; i < sinks; i++) {
                ends.add(testbed.node("sink" + i));
                Testbed.serve(ends.get(i), Forwarder.delivering());
            }
            List<MeteringSink> meters = new ArrayList<>();
            for (int i = 0; i < SESSIONS; i++) {
                int application = 1 + i;
                Node end = ends.get(i % sinks);
                Node source = testbed.node("source" + i);
                meters.add(Testbed.attach(end, application, new MeteringSink()));
                Testbed.serve(middle, application, Forwarder.to(end.id()));
                Testbed.serve(source, Forwarder.to(middle.id()));
                middle.weigh(application, source.id(), weight(i));
                Testbed.attach(source, application, NumberedSource.endless(Content.of(PAYLOAD)));
            }
            meters.forEach(MeteringSink::begun);
            Await.passes(SETTLE);
            List<MeteringSink.Mark> before =
                    meters.stream().map(MeteringSink::last).toList();
            Await.passes(MEASURE);
            double[] rates = new double[SESSIONS];
            int weights = 0;
            for (int i = 0; i < SESSIONS; i++) {
                rates[i] = meters.get(i).last().rateSince(before.get(i));
                weights += weight(i);
            }
            double all = where == Where.TOTAL ? RATE / 2.0 : RATE; // what a node passes on counts twice in its total
            List<Double> shares = new ArrayList<>();
            for (int i = 0; i < SESSIONS; i++) {
                shares.add(rates[i] / all * weights / weight(i));
            }
            System.out.println("shares at a node capped " + where + ", " + sinks + " next nodes, by weight: " + shares);
            return shares;
        }
    }

    private static boolean areFair(List<Double> shares) {
        return shares.stream().allMatch(share -> share >= 0.95 && share <= 1.05);
    }

    @ParameterizedTest
    @EnumSource
    void eight_sessions_through_a_capped_node_get_the_shares_of_their_weights(Where where) {
        for (int sinks : new int[] {1, SESSIONS}) {
            List<Double> shares = shares(where, sinks);
            for (int more = 5; more > 0 && !areFair(shares); more--) {
                shares = shares(where, sinks);
            }
            assertThat(shares).allMatch(share -> share >= 0.95 && share <= 1.05);
        }
    }
}
