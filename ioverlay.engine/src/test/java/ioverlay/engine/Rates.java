package ioverlay.engine;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Two rates that were measured in alternating rounds of one run, so that a noisy machine disturbs both alike.
 *
 * @param alone median rate without the obstruction, per second
 * @param beside median rate with it, per second
 */
record Rates(double alone, double beside) {
    private static final Duration SETTLE = Duration.ofMillis(50);

    /**
     * Measures.
     *
     * @param rounds of each kind; the median counts
     * @param count what grows at the rate
     * @param clear takes the obstruction away
     * @param obstruct puts it in place
     */
    static Rates alternating(int rounds, Duration round, LongSupplier count, Runnable clear, Runnable obstruct) {
        double[] alone = new double[rounds];
        double[] beside = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            clear.run();
            alone[i] = rate(round, count);
            obstruct.run();
            beside[i] = rate(round, count);
        }
        return new Rates(median(alone), median(beside));
    }

    /**
     * Measures up to three times until the ratio is above the bound: noise can spoil a measurement, but it cannot make an
     * application that is really held back run at full rate.
     */
    static Rates reaching(double ratio, String what, Supplier<Rates> measurement) {
        Rates rates = measurement.get();
        System.out.println(what + ": " + rates);
        for (int more = 2; more > 0 && rates.ratio() <= ratio; more--) {
            rates = measurement.get();
            System.out.println(what + ", once more: " + rates);
        }
        return rates;
    }

    private static double rate(Duration round, LongSupplier count) {
        Await.passes(SETTLE);
        long before = count.getAsLong();
        long tookNs = Await.passes(round);
        return (count.getAsLong() - before) * 1e9 / tookNs;
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    double ratio() {
        return beside / alone;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.0f/s alone, %.0f/s beside it, ratio %.2f", alone, beside, ratio());
    }
}
