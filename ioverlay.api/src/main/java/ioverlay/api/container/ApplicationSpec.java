package ioverlay.api.container;

import com.google.gson.JsonObject;

/**
 * An application to start at a node.
 *
 * @param type its name, as in {@link ioverlay.api.ApplicationType}
 * @param application the id that its messages carry, an unsigned 32-bit number, not 0
 * @param settings what {@link ioverlay.api.Session#settings} gives
 */
public record ApplicationSpec(String type, int application, JsonObject settings) {
    /**
     * Checks the id.
     *
     * @throws RefusedException if it is 0
     */
    public ApplicationSpec {
        if (application == 0) {
            throw new RefusedException("an application's id is 1 to 4294967295, not 0, which is the node's own");
        }
    }
}
