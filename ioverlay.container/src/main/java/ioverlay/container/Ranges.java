package ioverlay.container;

import ioverlay.api.container.RefusedException;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/** Version ranges as a person writes them. */
final class Ranges {
    static final VersionRange ANY = new VersionRange("0");

    private Ranges() {}

    /**
     * Reads a range.
     *
     * @throws RefusedException with the rule and the value
     */
    static VersionRange parse(String text) {
        try {
            VersionRange range = VersionRange.valueOf(text);
            if (range.isEmpty()) {
                throw new RefusedException(
                        "no version lies in the range '" + text + "': its end comes before its begin");
            }
            return range;
        } catch (IllegalArgumentException e) {
            throw new RefusedException(
                    "a version range is written as [1.0,2), or as 1.0 for that and any higher one, not '" + text + "'",
                    e);
        }
    }

    /** Only this version. */
    static VersionRange exactly(Version version) {
        return new VersionRange(VersionRange.LEFT_CLOSED, version, version, VersionRange.RIGHT_CLOSED);
    }
}
