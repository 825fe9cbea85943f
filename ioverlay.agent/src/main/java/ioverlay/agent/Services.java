package ioverlay.agent;

import ioverlay.api.container.Events;
import ioverlay.api.container.Network;
import ioverlay.api.container.Nodes;
import ioverlay.api.container.Repository;
import ioverlay.api.container.Swaps;

/**
 * What the agent steers with.
 *
 */
record Services(Nodes nodes, Network network, Swaps swaps, Repository repository, Events events) {}
