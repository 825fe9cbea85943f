package ioverlay.container;

import com.google.gson.JsonObject;
import ioverlay.api.WrittenBy;
import ioverlay.api.container.SlotSpec;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/**
 * What a slot runs, and why that. Holds nothing of a bundle, so that a choice of yesterday keeps no code in memory.
 *
 * @param spec name, versions and settings that were asked for
 * @param range of versions that may come when nothing serves
 * @param origin who serves, or served last
 */
record Chosen(SlotSpec spec, VersionRange range, WrittenBy origin) {
    /** What a specification of a node has led to. */
    static Chosen of(SlotSpec spec, VersionRange range, Source<?> source) {
        return new Chosen(spec, range, source.origin());
    }

    /** Only this version, from now on. */
    static Chosen pinned(Source<?> source, JsonObject settings) {
        VersionRange only = Ranges.exactly(source.version());
        return new Chosen(new SlotSpec(source.name(), only.toString(), settings), only, source.origin());
    }

    /** Only the version that serves. */
    VersionRange exactly() {
        return Ranges.exactly(Version.parseVersion(origin.version()));
    }

    /** The same choice, served by another version that it allows. */
    Chosen servedBy(Source<?> source) {
        return new Chosen(spec, range, source.origin());
    }

    /** For a person: name and version. */
    @Override
    public String toString() {
        return origin.algorithm() + " " + origin.version();
    }
}
