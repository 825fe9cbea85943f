package ioverlay.api.container;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Experiments that a file describes: nodes, a time line, what is recorded, what must come out. An OSGi service. The files
 * are described in {@code docs/scenarios.md}.
 *
 * <p><b>Threads:</b> any; an interrupt ends a run and removes its nodes.
 */
@ProviderType
public interface Scenarios {
    /**
     * What is to be run.
     *
     * @param files one scenario each, run one after the other
     * @param report the directory that gets the report, made if need be
     * @param variables values that take the place of those that the files declare, as text
     * @param seeds in the place of the files' own: each file is run once with each of them; once with its own if there is none
     * @param observer the address of an observer's page, as {@code http://127.0.0.1:8500}: nodes are made in its containers,
     *     whatever the files say of hosts; else where each file says
     */
    record Order(
            List<Path> files,
            Optional<Path> report,
            Map<String, String> variables,
            List<Long> seeds,
            Optional<String> observer) {
        /** With one seed, or the files' own. */
        public Order(
                List<Path> files,
                Optional<Path> report,
                Map<String, String> variables,
                OptionalLong seed,
                Optional<String> observer) {
            this(files, report, variables, seed.stream().boxed().toList(), observer);
        }

        /** Where each file says. */
        public Order(List<Path> files, Optional<Path> report, Map<String, String> variables, OptionalLong seed) {
            this(files, report, variables, seed, Optional.empty());
        }

        /** Keeps its own collections. */
        public Order {
            files = List.copyOf(files);
            variables = Map.copyOf(variables);
            seeds = List.copyOf(seeds);
        }

        /** The first of the seeds. */
        public OptionalLong seed() {
            return seeds.isEmpty() ? OptionalLong.empty() : OptionalLong.of(seeds.getFirst());
        }
    }

    /**
     * Where a run is.
     *
     * @param scenario its name; where several runs have the same, with what tells it from the others, as {@code my (seed 2)}
     * @param seconds on its clock; negative before it starts
     * @param length how long it takes at least
     * @param nodes that are there
     * @param bytesPerSecond that applications get, all together
     * @param happened what has just happened, as a sentence; empty if nothing has
     */
    record Progress(
            String scenario, double seconds, double length, int nodes, double bytesPerSecond, String happened) {}

    /**
     * Reads all files, then runs them, and writes the report. A run that breaks fails, and the others are run all the same.
     *
     * @param progress hears how far it is, a few times a second, on the threads that run
     * @param ended hears the result of each run as soon as it has ended, also of one that was interrupted, on the calling
     *     thread; so that nothing of it is lost if the report cannot be written
     * @return for each run what stands in {@code result.json}: {@code {"scenario","passed","seconds","assertions":[{"name",
     *     "expected","measured","tolerance","passed","unit","relation","note"}],"run","figures":[…],…}}
     * @throws RefusedException if a file is wrong, with a line for each mistake and its place; nothing was started then
     * @throws InterruptedException if the thread was interrupted; nothing is left running, and the report has what was seen
     *     until then; if it could not be written, that is suppressed in this
     * @throws java.io.UncheckedIOException if a file of the report could not be written, after the last run and the other files
     */
    List<JsonObject> run(Order order, Consumer<Progress> progress, Consumer<JsonObject> ended)
            throws InterruptedException;

    /** The same for somebody who waits for all results. */
    default List<JsonObject> run(Order order, Consumer<Progress> progress) throws InterruptedException {
        return run(order, progress, result -> {});
    }
}
