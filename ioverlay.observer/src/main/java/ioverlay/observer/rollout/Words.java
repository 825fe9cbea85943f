package ioverlay.observer.rollout;

import java.util.List;
import java.util.stream.Collectors;

/** Phrases of sentences. */
final class Words {
    private static final int MOST_NAMES = 5;

    private Words() {}

    /** {@code 1 slot}, {@code 2 slots}. */
    static String count(long number, String one) {
        return number + " " + one + (number == 1 ? "" : "s");
    }

    /** Which they are, if they are not too many. */
    static String names(List<Leg> legs) {
        return legs.stream().limit(MOST_NAMES).map(Leg::label).collect(Collectors.joining(", "))
                + (legs.size() > MOST_NAMES ? " and " + (legs.size() - MOST_NAMES) + " more" : "");
    }
}
