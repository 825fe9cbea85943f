package ioverlay.observer.repository;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.osgi.framework.Version;

/**
 * A bundle in the repository.
 *
 * @param file where its bytes are
 * @param sha256 of them, in hexadecimal
 * @param bytes how many it has
 * @param uploaded when
 * @param facts what its manifest says
 */
public record Kept(Path file, String sha256, long bytes, Instant uploaded, Facts facts) {
    /**
     * What a bundle says of itself.
     *
     * @param bundle its symbolic name
     * @param version its own, and that of its algorithms
     * @param algorithms that it offers
     * @param imports packages that it needs
     */
    public record Facts(String bundle, Version version, List<String> algorithms, List<String> imports) {
        /** Keeps its own lists. */
        public Facts {
            algorithms = List.copyOf(algorithms);
            imports = List.copyOf(imports);
        }

        /** Whether it offers that algorithm in that version. */
        public boolean offers(String algorithm, Version wanted) {
            return version.equals(wanted) && algorithms.contains(algorithm);
        }

        /** Name and version, for a person. */
        @Override
        public String toString() {
            return bundle + " " + version;
        }
    }

    /** As the answer to an upload. */
    JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("bundle", facts.bundle());
        json.addProperty("version", facts.version().toString());
        json.addProperty("sha256", sha256);
        json.addProperty("bytes", bytes);
        json.add("algorithms", texts(facts.algorithms()));
        json.add("imports", texts(facts.imports()));
        return json;
    }

    private static JsonArray texts(List<String> texts) {
        JsonArray array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }
}
