package ioverlay.shell;

import ioverlay.api.NodeId;

/**
 * One step of an application's data.
 *
 * @param application its id
 * @param from where it leaves; the same as {@code to} for a source or a sink at that node
 * @param to where it goes
 */
public record Hop(int application, NodeId from, NodeId to) {}
