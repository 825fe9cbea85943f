package ioverlay.engine;

import com.google.gson.JsonObject;
import ioverlay.api.Algorithm;
import ioverlay.api.WrittenBy;

/**
 * An algorithm instance for a slot.
 *
 * @param instance fresh: no method of it was called yet
 * @param origin its name and version
 * @param settings what {@link ioverlay.api.Place#settings} gives
 */
public record Occupant(Algorithm instance, WrittenBy origin, JsonObject settings) {}
