package ioverlay.container.store;

import java.util.List;
import org.osgi.framework.Version;

/**
 * A bundle whose bytes are kept.
 *
 * @param sha256 of its bytes, which is its file's name
 * @param symbolicName its own
 * @param version its own
 * @param algorithms the names it offers
 * @param contents fingerprint of its files, however they were packed
 * @param bytes how many it has
 */
public record Stored(
        String sha256, String symbolicName, Version version, List<String> algorithms, String contents, long bytes) {
    /** Keeps its own list. */
    public Stored {
        algorithms = List.copyOf(algorithms);
    }

    static Stored of(BundleFile file) {
        return new Stored(
                file.sha256(), file.symbolicName(), file.version(), file.algorithms(), file.contents(), file.size());
    }

    /** Where it is installed: the same bytes, the same place. */
    public String location() {
        return "ioverlay:" + symbolicName + "@" + sha256;
    }

    /** Name and version, for a person. */
    @Override
    public String toString() {
        return symbolicName + " " + version;
    }
}
