package ioverlay.scenario.text;

import ioverlay.api.container.RefusedException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The mistakes of one file, so that all of them can be said at once. */
public final class Problems {
    private static final int MOST_SAID = 40;

    /** Looking for what was meant takes time: a file with more mistakes than these is not read on. */
    private static final int MOST_FOUND = 200;

    private static final int LONGEST_PATH = 200;

    private record Problem(Place place, String sentence) {}

    private final String file;
    private final List<Problem> found = new ArrayList<>();
    private final List<Problem> causes = new ArrayList<>();
    private final Set<Place> roots = new HashSet<>();

    /** Of a file, as it was named. */
    public Problems(String file) {
        this.file = file;
    }

    /** Notes one. */
    public void add(Wrong wrong) {
        for (Wrong one : wrong.each()) {
            found.add(new Problem(one.place(), Objects.requireNonNullElse(one.getMessage(), "wrong")));
        }
    }

    /** Notes one that is the cause of whatever else is wrong at its place: that is not said. */
    public void addRoot(Wrong wrong) {
        roots.add(wrong.place());
        causes.add(new Problem(wrong.place(), Objects.requireNonNullElse(wrong.getMessage(), "wrong")));
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
        if (found.size() >= MOST_FOUND) {
            return null;
        }
        try {
            return reading.get();
        } catch (Wrong e) {
            add(e);
            return null;
        }
    }

    /** A line for each, in the order of the file: file, line, column, path, sentence. */
    public List<String> lines() {
        List<Problem> all = Stream.concat(
                        causes.stream(), found.stream().filter(problem -> !roots.contains(problem.place)))
                .distinct()
                .sorted(Comparator.comparingInt((Problem problem) -> problem.place.line())
                        .thenComparingInt(problem -> problem.place.column()))
                .toList();
        List<String> lines = new ArrayList<>();
        all.stream().limit(MOST_SAID).forEach(problem -> lines.add(line(problem)));
        if (all.size() > MOST_SAID) {
            lines.add(file + ": and " + (all.size() - MOST_SAID) + " more");
        }
        return lines;
    }

    /** Without characters that would do something to a terminal. */
    private String line(Problem problem) {
        return "%s:%d:%d: %s: %s"
                .formatted(
                        file,
                        problem.place.line(),
                        problem.place.column(),
                        shortened(problem.place.path()),
                        problem.sentence)
                .replaceAll("\\p{Cntrl}", "?");
    }

    private static String shortened(String path) {
        return path.length() > LONGEST_PATH ? path.substring(0, LONGEST_PATH) + "…" : path;
    }

    /**
     * Refuses the file if anything is wrong with it.
     *
     * @throws RefusedException with all lines
     */
    public void refuseIfAny() {
        if (!found.isEmpty() || !causes.isEmpty()) {
            throw new RefusedException(String.join("\n", lines()));
        }
    }
}
