package ioverlay.itest.algorithms;

import ioverlay.api.BasicAlgorithm;

/** Finds at every check that it should not serve. */
public final class Unfit extends BasicAlgorithm {
    @Override
    public void check() throws Exception {
        throw new Exception("the moon is not full");
    }
}
