package ioverlay.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code overlay scenario} was asked for.
 *
 * @param files to run
 * @param report directory for the report
 * @param json where the result goes
 * @param set variables by name
 * @param seeds in the place of the files' own: each file is run with each of them
 * @param observer of the hosts that all nodes are on
 */
record ScenarioOptions(
        List<Path> files,
        Optional<Path> report,
        Optional<Path> json,
        Map<String, String> set,
        List<Long> seeds,
        Optional<String> observer) {
    /** How many runs that is. */
    int runs() {
        return files.size() * Math.max(1, seeds.size());
    }
}
