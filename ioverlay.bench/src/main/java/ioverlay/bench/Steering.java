package ioverlay.bench;

import ioverlay.api.container.Nodes;
import ioverlay.api.container.Repository;
import ioverlay.api.container.Swaps;
import java.nio.file.Path;

/**
 * What a benchmark drives its container with.
 *
 * @param valve of the sources of all nodes
 * @param bundles where the build puts bundles to install at run time
 */
record Steering(Nodes nodes, Swaps swaps, Repository repository, Valve valve, Path bundles) {}
