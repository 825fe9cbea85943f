package ioverlay.container;

import ioverlay.api.Algorithm;
import ioverlay.api.container.RefusedException;
import ioverlay.api.container.ShadowRequest;
import ioverlay.api.container.ShadowRun;
import ioverlay.container.shadow.Shadows;
import org.osgi.framework.VersionRange;

/**
 * Takes requests for shadow runs.
 *
 * <p><b>Threads:</b> any.
 */
final class Shadowing {
    private final Directory directory;
    private final Supply supply;
    private final Catalogue<Algorithm> algorithms;
    private final Shadows shadows;

    Shadowing(Directory directory, Supply supply, Catalogue<Algorithm> algorithms, Shadows shadows) {
        this.directory = directory;
        this.supply = supply;
        this.algorithms = algorithms;
        this.shadows = shadows;
    }

    /**
     * Starts one.
     *
     * @throws RefusedException as {@link ioverlay.api.container.Swaps#shadow}
     */
    ShadowRun start(ShadowRequest request) {
        LiveNode node = directory.require(request.node());
        LiveSlot slot = node.slot(request.application());
        if (slot.parked()) {
            throw new RefusedException("slot " + Integer.toUnsignedString(request.application()) + " of " + node.name()
                    + " is parked: there is nothing to run beside");
        }
        VersionRange range = Ranges.parse(request.versions());
        return shadows.start(
                request,
                new ShadowedSlot(directory, node, slot),
                () -> new ShadowLoan(algorithms.lease(supply.highest(request.algorithm(), range))));
    }
}
