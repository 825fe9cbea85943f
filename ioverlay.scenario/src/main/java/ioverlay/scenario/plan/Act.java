package ioverlay.scenario.plan;

import com.google.gson.JsonObject;

/**
 * What one entry of the time line has one node do.
 *
 * @param node its name; empty if the container is meant
 * @param delay seconds after the entry's own moment
 * @param arguments all but the node; {@code ${name}} stands for a node's address and port
 */
public record Act(String node, double delay, JsonObject arguments) {}
