package ioverlay.container;

import ioverlay.engine.Return;
import java.util.Optional;

/**
 * How a trial ended.
 *
 * @param back how the slot went back to the old version; empty if the new one stays
 * @param early why the trial was over before its time though the new one stays; empty text if it was not
 */
record Conclusion(Optional<Return> back, String early) {
    /** The whole time, and all went well. */
    static final Conclusion PASSED = new Conclusion(Optional.empty(), "");

    static Conclusion cutShort(String why) {
        return new Conclusion(Optional.empty(), why);
    }

    static Conclusion wentBack(Return back) {
        return new Conclusion(Optional.of(back), "");
    }
}
