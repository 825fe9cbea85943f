package ioverlay.scenario.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The name that somebody may have meant. */
public final class Nearest {
    private static final int LONGEST = 100;

    private Nearest() {}

    /** As the end of a sentence: {@code ; did you mean 'x'?}, or all names where few are near and few there are. */
    public static String hint(String wrong, Collection<String> names) {
        Optional<String> near = of(wrong, names);
        if (near.isPresent()) {
            return "; did you mean '" + near.get() + "'?";
        }
        return names.isEmpty() || names.size() > 20
                ? ""
                : "; there is " + String.join(", ", names.stream().sorted().toList());
    }

    /** The nearest of the names, if one is near enough to be a slip. */
    public static Optional<String> of(String wrong, Collection<String> names) {
        if (wrong.length() > LONGEST) {
            return Optional.empty();
        }
        String lower = wrong.toLowerCase(Locale.ROOT);
        int most = Math.max(2, wrong.length() / 3);
        return names.stream()
                .filter(name -> Math.abs(name.length() - wrong.length()) <= most)
                .filter(name -> distance(lower, name.toLowerCase(Locale.ROOT)) <= most)
                .min(Comparator.<String>comparingInt(name -> distance(lower, name.toLowerCase(Locale.ROOT)))
                        .thenComparingInt(name -> Math.abs(name.length() - wrong.length()))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Whether a word is so near that it can be read as that name: half of its letters are right. */
    public static boolean isSlip(String wrong, String name) {
        return 2 * distance(wrong.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT)) <= name.length();
    }

    /** How many letters must be put in, taken out, changed, or exchanged with the next one. */
    static int distance(String one, String other) {
        int[] beforeLast = new int[other.length() + 1];
        int[] before = new int[other.length() + 1];
        for (int column = 0; column < before.length; column++) {
            before[column] = column;
        }
        for (int row = 1; row <= one.length(); row++) {
            int[] now = new int[before.length];
            now[0] = row;
            for (int column = 1; column < now.length; column++) {
                int change = before[column - 1] + (one.charAt(row - 1) == other.charAt(column - 1) ? 0 : 1);
                now[column] = Math.min(change, Math.min(before[column], now[column - 1]) + 1);
                if (areExchanged(one, row, other, column)) {
                    now[column] = Math.min(now[column], beforeLast[column - 2] + 1);
                }
            }
            beforeLast = before;
            before = now;
        }
        return before[other.length()];
    }

    private static boolean areExchanged(String one, int row, String other, int column) {
        return row > 1
                && column > 1
                && one.charAt(row - 1) == other.charAt(column - 2)
                && one.charAt(row - 2) == other.charAt(column - 1);
    }
}
