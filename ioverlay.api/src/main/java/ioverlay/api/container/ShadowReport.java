package ioverlay.api.container;

import java.time.Duration;
import java.util.List;

/**
 * How a version in the shadow compares with the one that serves.
 *
 * @param request what was asked
 * @param live version that serves
 * @param shadow version in the shadow
 * @param compared calls of {@code process} that both have completed
 * @param differed of these, the calls whose sends were not the same: another number, order, destination, header or
 *     payload
 * @param failed calls that threw in the shadow; they are not among {@code compared}
 * @param missed calls that the shadow did not make: it was too slow, or the run ended before their turn came.
 *     {@code compared}, {@code failed} and {@code missed} are together what the slot completed in that time
 * @param liveTurn what one of the compared or failed calls cost the version that serves, on average
 * @param shadowTurn what it cost in the shadow, on average
 * @param examples of calls that differed or failed, at most 5, the first ones
 * @param ended why it is over, as a sentence; empty while it runs
 */
public record ShadowReport(
        ShadowRequest request,
        String live,
        String shadow,
        long compared,
        long differed,
        long failed,
        long missed,
        Duration liveTurn,
        Duration shadowTurn,
        List<Example> examples,
        String ended) {
    /** Keeps its own list. */
    public ShadowReport {
        examples = List.copyOf(examples);
    }

    /**
     * One call that differed.
     *
     * @param message that both were given, in words
     * @param live what the version that serves sent, in words, one line per send
     * @param shadow what the shadow sent, or what it threw
     */
    public record Example(String message, List<String> live, List<String> shadow) {
        /** Keeps its own lists. */
        public Example {
            live = List.copyOf(live);
            shadow = List.copyOf(shadow);
        }
    }
}
