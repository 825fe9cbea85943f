package ioverlay.scenario.plan;

import com.google.gson.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a scenario file says, checked as a whole.
 *
 * @param name of the scenario
 * @param title for a person
 * @param notes for a person
 * @param seed of all that is drawn
 * @param variables their values
 * @param observer of the hosts that its nodes are on; empty if they are in this process
 * @param bundles that are deployed first
 * @param nodes in the order of the file
 * @param groups names of several nodes
 * @param steps the time line
 * @param interval of samples, in seconds
 * @param record what is recorded for the report
 * @param recorded the nodes of which
 * @param assertions what must come out
 * @param figures what is only reported
 * @param plots pictures of the report besides those that every one has
 * @param seconds how long it takes at least
 */
public record Scenario(
        String name,
        String title,
        List<String> notes,
        long seed,
        JsonObject variables,
        Optional<URI> observer,
        List<Path> bundles,
        List<PlannedNode> nodes,
        Map<String, List<String>> groups,
        List<Step> steps,
        double interval,
        List<Probe> record,
        List<String> recorded,
        List<Assertion> assertions,
        List<Assertion> figures,
        List<Plot> plots,
        double seconds) {}
