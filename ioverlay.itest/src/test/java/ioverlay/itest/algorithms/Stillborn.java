package ioverlay.itest.algorithms;

import ioverlay.api.BasicAlgorithm;

/** Cannot even be made, as a component whose activation throws. */
public final class Stillborn extends BasicAlgorithm {
    /** Throws. */
    public Stillborn() {
        throw new IllegalStateException("no luck");
    }
}
