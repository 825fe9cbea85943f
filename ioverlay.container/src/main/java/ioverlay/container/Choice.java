package ioverlay.container;

import ioverlay.api.Algorithm;
import ioverlay.api.container.RefusedException;
import ioverlay.api.container.SlotSpec;

/** Which version a slot of a new node begins with. */
@FunctionalInterface
interface Choice {
    /**
     * Chooses.
     *
     * @throws RefusedException if there is none
     */
    Source<Algorithm> of(int application, SlotSpec slot);
}
