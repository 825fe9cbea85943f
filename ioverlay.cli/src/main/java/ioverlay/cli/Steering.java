package ioverlay.cli;

import ioverlay.api.container.Events;
import ioverlay.api.container.Nodes;
import ioverlay.api.container.Repository;
import ioverlay.api.container.Swaps;

/**
 * What the container is steered with.
 *
 * @param nodes the node factory
 * @param swaps hot swap
 * @param repository the algorithm bundles
 * @param events what happens
 */
record Steering(Nodes nodes, Swaps swaps, Repository repository, Events events) {}
