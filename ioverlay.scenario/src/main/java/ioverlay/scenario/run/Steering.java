package ioverlay.scenario.run;

import ioverlay.api.container.Events;
import ioverlay.api.container.Network;
import ioverlay.api.container.Nodes;
import ioverlay.api.container.Repository;
import ioverlay.api.container.Swaps;

/**
 * What nodes are steered with: those of this process now, those of other hosts behind the same faces later.
 *
 * @param nodes the node factory
 * @param network emulation and measurement
 * @param swaps hot swap
 * @param repository the algorithm bundles
 * @param events what happens
 */
public record Steering(Nodes nodes, Network network, Swaps swaps, Repository repository, Events events) {}
