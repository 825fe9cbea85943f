package ioverlay.api.container;

import com.google.gson.JsonObject;
import java.util.Optional;

/**
 * A slot's new occupant.
 *
 * @param node name, or id as text
 * @param application the slot
 * @param algorithm name; another one than now is allowed
 * @param versions an OSGi version range; the highest that matches is taken
 * @param settings what {@link ioverlay.api.Place#settings} gives from then on; empty keeps the slot's
 * @param probation how the new version is watched
 * @param id of the command, at most 64 characters, or the empty text: a command whose id the journal remembers is not
 *     done again but answered with its result
 */
public record SwapRequest(
        String node,
        int application,
        String algorithm,
        String versions,
        Optional<JsonObject> settings,
        Probation probation,
        String id) {
    private static final int LONGEST_ID = 64;

    /**
     * Checks the id's length.
     *
     * @throws RefusedException if it is too long
     */
    public SwapRequest {
        if (id.length() > LONGEST_ID) {
            throw new RefusedException(
                    "the id of a command has at most " + LONGEST_ID + " characters, not " + id.length());
        }
    }

    /** With the slot's settings, the standard probation and no id. */
    public SwapRequest(String node, int application, String algorithm, String versions) {
        this(node, application, algorithm, versions, Optional.empty(), Probation.STANDARD, "");
    }

    /** The same with other settings. */
    public SwapRequest withSettings(JsonObject newSettings) {
        return new SwapRequest(node, application, algorithm, versions, Optional.of(newSettings), probation, id);
    }

    /** The same with another probation. */
    public SwapRequest withProbation(Probation newProbation) {
        return new SwapRequest(node, application, algorithm, versions, settings, newProbation, id);
    }

    /** The same with an id. */
    public SwapRequest withId(String newId) {
        return new SwapRequest(node, application, algorithm, versions, settings, probation, newId);
    }
}
