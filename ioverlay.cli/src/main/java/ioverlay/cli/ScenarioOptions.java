package ioverlay.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What {@code overlay scenario} was asked for.
 *
 * @param files to run
 * @param report directory for the report
 * @param json where the result goes
 * @param set variables by name
 * @param seed in the place of the files' own
 * @param observer of the hosts that all nodes are on
 */
record ScenarioOptions(
        List<Path> files,
        Optional<Path> report,
        Optional<Path> json,
        Map<String, String> set,
        OptionalLong seed,
        Optional<String> observer) {}
