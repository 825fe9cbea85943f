package ioverlay.observer.web;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import ioverlay.api.observer.UploadedBundle;
import ioverlay.api.observer.Uploads;
import ioverlay.observer.fleet.Fleet;
import ioverlay.observer.fleet.Member;
import ioverlay.observer.history.Reading;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/**
 * Adds to the refusal of a swap what its container cannot know: that the observer keeps a bundle with a higher version that
 * was asked for, and how it comes to the container.
 *
 * <p><b>Threads:</b> those of requests, which wait {@value #LIMIT_MS} ms at most for what the container has.
 */
final class SwapAdvice {
    private static final int LIMIT_MS = 3000;

    private final Fleet fleet;
    private volatile Optional<Uploads> repository = Optional.empty(); // set when all of the observer is open

    SwapAdvice(Fleet fleet) {
        this.fleet = fleet;
    }

    void read(Uploads uploads) {
        repository = Optional.of(uploads);
    }

    /** The same result, where there is nothing to say. */
    JsonElement on(Member member, JsonObject command, JsonElement result) {
        if (!Reading.text(command, "do").equals("swap")
                || !(result instanceof JsonObject refused)
                || !Reading.text(refused, "outcome").equals("REFUSED")) {
            return result;
        }
        String algorithm = Reading.text(command, "algorithm");
        JsonObject told = refused.deepCopy();
        newest(algorithm, Reading.text(command, "versions"))
                .filter(bundle -> !hasOneLike(member, algorithm, version(bundle.version())))
                .ifPresent(bundle ->
                        told.addProperty("sentence", Reading.text(refused, "sentence") + said(algorithm, bundle)));
        return told;
    }

    private static String said(String algorithm, UploadedBundle bundle) {
        return "; the observer's repository has " + algorithm + " " + bundle.version()
                + ", and this container has not: deploy it there first (POST /api/containers/{id}/bundles), or have a rollout"
                + " bring it";
    }

    private Optional<UploadedBundle> newest(String algorithm, String versions) {
        VersionRange range;
        try {
            range = VersionRange.valueOf(versions.isEmpty() ? "0" : versions);
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // the container has said what is wrong with it
        }
        return repository.stream()
                .flatMap(uploads -> uploads.bundles().stream())
                .filter(bundle -> bundle.algorithms().contains(algorithm))
                .filter(bundle -> range.includes(version(bundle.version())))
                .max(Comparator.comparing(bundle -> version(bundle.version())));
    }

    /** That one or a higher one; it is taken to have where it does not say. */
    private boolean hasOneLike(Member member, String algorithm, Version wanted) {
        JsonObject ask = new JsonObject();
        ask.addProperty("do", "algorithms");
        JsonElement all = fleet.orderHome(member.home(), ask, "")
                .completeOnTimeout(new JsonPrimitive(false), LIMIT_MS, TimeUnit.MILLISECONDS)
                .exceptionally(e -> new JsonPrimitive(false))
                .join();
        return !(all instanceof JsonObject answer)
                || Reading.objects(answer, "algorithms").stream()
                        .filter(offer -> Reading.text(offer, "name").equals(algorithm))
                        .anyMatch(
                                offer -> version(Reading.text(offer, "version")).compareTo(wanted) >= 0);
    }

    /** What a container says is not ours to trust. */
    private static Version version(String text) {
        try {
            return Version.parseVersion(text);
        } catch (IllegalArgumentException e) {
            return Version.emptyVersion;
        }
    }
}
