package ioverlay.bench;

import ioverlay.api.container.Events;
import ioverlay.api.container.Network;
import ioverlay.api.container.Nodes;
import ioverlay.api.container.Repository;
import ioverlay.api.container.Swaps;
import ioverlay.bench.emulation.Gauges;
import java.nio.file.Path;

/**
 * What a benchmark drives its container with.
 *
 * @param valve of the sources of all nodes
 * @param gauges of the sinks of all nodes
 * @param bundles where the build puts bundles to install at run time
 */
public record Steering(
        Nodes nodes,
        Swaps swaps,
        Repository repository,
        Network network,
        Events events,
        Valve valve,
        Gauges gauges,
        Path bundles) {}
