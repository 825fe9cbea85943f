package ioverlay.itest.algorithms;

import ioverlay.api.BasicAlgorithm;
import ioverlay.api.State;
import ioverlay.api.WrittenBy;

/** Takes over from nobody. */
public final class Vetoing extends BasicAlgorithm {
    @Override
    public void restore(State state, WrittenBy writtenBy) throws Exception {
        throw new Exception("cannot read what " + writtenBy.version() + " wrote");
    }
}
