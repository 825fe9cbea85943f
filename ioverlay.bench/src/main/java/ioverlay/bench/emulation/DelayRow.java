package ioverlay.bench.emulation;

import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.Locale;

/** How long messages took on a link with a latency, evenly spread by its jitter. */
final class DelayRow implements Row {
    private static final double LEAST_BOUND_MS = 1;
    private static final double SHARE = 0.02;

    /** One even distribution in a hundred looks less even than this, by Kolmogorov and Smirnov. */
    private static final double UNEVEN = 1.63;

    private static final double NS_PER_MS = 1e6;

    private final String kind;
    private final double targetMs;
    private final double jitterMs;

    /** Of all messages, sorted. */
    private final double[] delaysMs;

    /**
     * Takes what was measured.
     *
     * @param kind what was emulated
     * @param targetMs the latency
     * @param jitterMs by how much it differs both ways; 0 for not at all
     * @param delaysNs of all messages
     */
    DelayRow(String kind, double targetMs, double jitterMs, long[] delaysNs) {
        this.kind = kind;
        this.targetMs = targetMs;
        this.jitterMs = jitterMs;
        delaysMs = Arrays.stream(delaysNs)
                .mapToDouble(ns -> ns / NS_PER_MS)
                .sorted()
                .toArray();
    }

    private double percentile(double share) {
        return delaysMs.length == 0
                ? 0
                : delaysMs[(int) Math.clamp(Math.ceil(share * delaysMs.length) - 1, 0, delaysMs.length - 1.0)];
    }

    double median() {
        return percentile(0.5);
    }

    double bound() {
        return Math.max(LEAST_BOUND_MS, SHARE * targetMs);
    }

    /** The largest difference between how they are spread and an even spread; 0 without jitter. */
    double unevenness() {
        if (jitterMs == 0) {
            return 0;
        }
        double worst = 0;
        for (int i = 0; i < delaysMs.length; i++) {
            double expected = Math.clamp((delaysMs[i] - targetMs + jitterMs) / (2 * jitterMs), 0, 1);
            worst = Math.max(worst, Math.abs(expected - (i + 0.5) / delaysMs.length));
        }
        return worst;
    }

    /** What unevenness may be: chance, and the millisecond or 2 % by which all may be late. */
    double mostUnevenness() {
        return jitterMs == 0 ? 0 : UNEVEN / Math.sqrt(delaysMs.length) + bound() / (2 * jitterMs);
    }

    @Override
    public boolean holds() {
        return delaysMs.length > 0
                && Math.abs(median() - targetMs) <= bound() + jitterMs * UNEVEN / Math.sqrt(delaysMs.length)
                && unevenness() <= mostUnevenness();
    }

    @Override
    public String[] cells() {
        return new String[] {
            kind,
            ms(targetMs),
            ms(median()),
            ms(percentile(0.01)) + " – " + ms(percentile(0.99)),
            ms(bound()),
            jitterMs == 0 ? "" : String.format(Locale.ROOT, "%.3f of %.3f", unevenness(), mostUnevenness())
        };
    }

    private static String ms(double value) {
        return String.format(Locale.ROOT, "%.2f ms", value);
    }

    @Override
    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("kind", kind);
        json.addProperty("targetMillis", targetMs);
        json.addProperty("jitterMillis", jitterMs);
        json.addProperty("p1", RateRow.rounded(percentile(0.01)));
        json.addProperty("p50", RateRow.rounded(median()));
        json.addProperty("p99", RateRow.rounded(percentile(0.99)));
        json.addProperty("messages", delaysMs.length);
        json.addProperty("boundMillis", bound());
        json.addProperty("unevenness", RateRow.rounded(unevenness()));
        json.addProperty("ok", holds());
        return json;
    }
}
