package ioverlay.api.observer;

import java.time.Instant;
import java.util.List;

/**
 * A bundle in the repository of an observer.
 *
 * @param bundle its symbolic name
 * @param version its own, and that of its algorithms, as OSGi writes it
 * @param algorithms that it offers, sorted
 * @param sha256 of its bytes, 64 hexadecimal digits
 * @param bytes how many it has
 * @param uploaded when
 */
public record UploadedBundle(
        String bundle, String version, List<String> algorithms, String sha256, long bytes, Instant uploaded) {
    /** Keeps its own list. */
    public UploadedBundle {
        algorithms = List.copyOf(algorithms);
    }
}
