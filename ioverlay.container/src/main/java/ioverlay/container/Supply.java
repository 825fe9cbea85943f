package ioverlay.container;

import ioverlay.api.Algorithm;
import ioverlay.api.container.RefusedException;
import org.osgi.framework.Bundle;
import org.osgi.framework.VersionRange;

/**
 * Where algorithms come from: those that are active, and those that the store keeps and that are installed again when
 * they are asked for.
 *
 * <p><b>Threads:</b> any.
 */
interface Supply {
    /**
     * The highest version in a range, active by then.
     *
     * @throws RefusedException if there is none; the sentence lists what there is
     */
    Source<Algorithm> highest(String name, VersionRange range);

    /**
     * Keeps a bundle's bytes in the store, so that it can be uninstalled and come back; a bundle that the store has is
     * kept already.
     *
     * @throws RefusedException if it cannot be kept
     */
    void keep(Bundle bundle);
}
