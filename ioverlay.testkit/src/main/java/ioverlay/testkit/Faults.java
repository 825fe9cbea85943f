package ioverlay.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What calls of the algorithm threw. */
final class Faults {
    private final List<Throwable> all = new ArrayList<>();
    private Optional<AlgorithmFailure> untold = Optional.empty();

    void add(String what, Throwable thrown) {
        all.add(thrown);
        AlgorithmFailure failure = new AlgorithmFailure(what, thrown);
        untold.ifPresentOrElse(first -> first.addSuppressed(failure), () -> untold = Optional.of(failure));
    }

    /** What has not been told the test by now, later ones suppressed in the first. */
    Optional<AlgorithmFailure> takeUntold() {
        Optional<AlgorithmFailure> first = untold;
        untold = Optional.empty();
        return first;
    }

    List<Throwable> all() {
        return all;
    }
}
