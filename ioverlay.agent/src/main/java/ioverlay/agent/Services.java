package ioverlay.agent;

import ioverlay.api.container.Events;
import ioverlay.api.container.Network;
import ioverlay.api.container.Nodes;
import ioverlay.api.container.Repository;
import ioverlay.api.container.Swaps;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the agent steers with.
 *
 * @param types the applications that can be started now
 */
record Services(
        Nodes nodes,
        Network network,
        Swaps swaps,
        Repository repository,
        Events events,
        Supplier<List<String>> types) {}
