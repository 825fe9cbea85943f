package ioverlay.bench.emulation;

import com.google.gson.JsonObject;
import java.util.Locale;

/**
 * How many messages a link lost that was to lose some, and whether each was lost by itself.
 *
 * @param target the share that was to be lost
 * @param losses what was missing at the sink
 * @param counted messages that the sender's status says it lost, by the end of the measurement
 */
record LossRow(double target, Losses losses, long counted) implements Row {
    /** Standard deviations: once in 16,000 runs chance alone goes beyond. */
    private static final double MOST_DEVIATIONS = 4;

    /** By how many standard deviations the number of losses is off. */
    double deviations() {
        return deviations(losses.lost(), target, target * (1 - target));
    }

    /** The same for the number of gaps: losses that come in bursts make fewer, losses that avoid each other more. */
    double gapDeviations() {
        double gap = target * (1 - target);
        return deviations(losses.gaps(), gap, gap * (1 - 3 * gap));
    }

    private double deviations(long count, double probability, double variance) {
        return losses.sent() == 0
                ? Double.POSITIVE_INFINITY
                : Math.abs(count - probability * losses.sent()) / Math.sqrt(variance * losses.sent());
    }

    /** The sender looks later than the sink, so it may have lost a few more. */
    private boolean isAccountedFor() {
        return counted >= losses.lost();
    }

    @Override
    public boolean holds() {
        return deviations() <= MOST_DEVIATIONS
                && gapDeviations() <= MOST_DEVIATIONS
                && losses.disordered() == 0
                && isAccountedFor();
    }

    @Override
    public String[] cells() {
        return new String[] {
            "loss",
            percent(target),
            percent(losses.share()),
            String.format(Locale.ROOT, "%.1f σ, gaps %.1f σ", deviations(), gapDeviations()),
            String.format(Locale.ROOT, "%.0f σ", MOST_DEVIATIONS),
            isAccountedFor() ? "" : "counted only " + counted + " of " + losses.lost()
        };
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }

    @Override
    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("kind", "loss");
        json.addProperty("target", target);
        json.addProperty("measured", RateRow.rounded(losses.share()));
        json.addProperty("messages", losses.sent());
        json.addProperty("lost", losses.lost());
        json.addProperty("gaps", losses.gaps());
        json.addProperty("counted", counted);
        json.addProperty("deviations", RateRow.rounded(deviations()));
        json.addProperty("gapDeviations", RateRow.rounded(gapDeviations()));
        json.addProperty("ok", holds());
        return json;
    }
}
