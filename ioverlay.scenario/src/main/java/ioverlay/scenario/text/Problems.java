package ioverlay.scenario.text;

import ioverlay.api.container.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The mistakes of one file, so that all of them can be said at once. */
public final class Problems {
    private static final int MOST_SAID = 30;

    private record Problem(Place place, String sentence) {}

    private final String file;
    private final List<Problem> found = new ArrayList<>();

    /** Of a file, as it was named. */
    public Problems(String file) {
        this.file = file;
    }

    /** Notes one. */
    public void add(Wrong wrong) {
        found.add(new Problem(wrong.place(), Objects.requireNonNullElse(wrong.getMessage(), "wrong")));
    }

    /** Does it, and notes the mistake that it stumbles over. */
    public void note(Runnable reading) {
        noted(() -> {
            reading.run();
            return true;
        });
    }

    /** Reads something; null if it stumbles over a mistake, which is noted. */
    public <T> @Nullable T noted(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (Wrong e) {
            add(e);
            return null;
        }
    }

    /** A line for each: file, line, column, path, sentence. */
    public List<String> lines() {
        return found.stream()
                .distinct()
                .limit(MOST_SAID)
                .map(problem -> "%s:%d:%d: %s: %s"
                        .formatted(
                                file,
                                problem.place.line(),
                                problem.place.column(),
                                problem.place.path(),
                                problem.sentence))
                .toList();
    }

    /**
     * Refuses the file if anything is wrong with it.
     *
     * @throws RefusedException with all lines
     */
    public void refuseIfAny() {
        if (!found.isEmpty()) {
            throw new RefusedException(String.join("\n", lines()));
        }
    }
}
