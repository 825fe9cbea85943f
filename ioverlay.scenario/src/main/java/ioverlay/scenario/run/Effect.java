package ioverlay.scenario.run;

import ioverlay.api.container.RefusedException;
import ioverlay.api.container.SwapResult.Outcome;

/**
 * What came of an entry of the time line.
 *
 * @param sentence for a person
 * @param pauseMicros of a swap; −1 for all else
 * @param version that serves after it, or empty
 */
public record Effect(String sentence, long pauseMicros, String version) {
    /** Of anything but a swap. */
    public static Effect of(String sentence) {
        return new Effect(sentence, -1, "");
    }

    /**
     * Of a swap.
     *
     * @throws RefusedException with the sentence if it did not come out as expected
     */
    public static Effect ofSwap(
            Outcome outcome, Outcome expected, String sentence, long pauseMicros, String from, String to) {
        if (outcome != expected) {
            throw new RefusedException(sentence);
        }
        return new Effect(
                sentence, outcome == Outcome.REFUSED ? -1 : pauseMicros, outcome == Outcome.SWITCHED ? to : from);
    }

    /** Of a run in the shadow. */
    public static Effect ofShadow(long compared, long differed, long failed, long missed) {
        return of("%d compared, %d differed, %d failed, %d missed".formatted(compared, differed, failed, missed));
    }
}
