package ioverlay.api.container;

import com.google.gson.JsonObject;

/**
 * What runs in a slot. The highest matching version is chosen when the slot is created; afterwards only a swap changes
 * it.
 *
 * @param algorithm the algorithm's name, as in {@link ioverlay.api.AlgorithmType}
 * @param versions an OSGi version range, for example {@code [1.0,2)}; {@code 0} is any
 * @param settings what {@link ioverlay.api.Place#settings} gives
 */
public record SlotSpec(String algorithm, String versions, JsonObject settings) {
    /** Any version, no settings. */
    public static SlotSpec of(String algorithm) {
        return new SlotSpec(algorithm, "0", new JsonObject());
    }

    /** The same with settings. */
    public SlotSpec withSettings(JsonObject newSettings) {
        return new SlotSpec(algorithm, versions, newSettings);
    }

    /** The same with a version range. */
    public SlotSpec withVersions(String range) {
        return new SlotSpec(algorithm, range, settings);
    }
}
