package ioverlay.observer.repository;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import ioverlay.observer.fleet.Fleet;
import ioverlay.observer.fleet.Home;
import ioverlay.observer.fleet.Member;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;

/** All versions of all algorithms: in the repository, in containers, and which node runs which. */
final class Offers {
    /** How long containers have to answer; who has not by then is left out. */
    private static final Duration LIMIT = Duration.ofSeconds(3);

    /** For how long an answer holds, so that many who ask cost containers no more than one. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Bundles bundles;
    private final Fleet fleet;
    private List<JsonObject> inContainers = List.of();
    private long askedAt; // by the JVM's own clock, which nobody sets back
    private boolean asked;

    Offers(Bundles bundles, Fleet fleet) {
        this.bundles = bundles;
        this.fleet = fleet;
    }

    /** One version, gathered. */
    private static final class Gathered {
        private String bundle = "";
        private String sha256 = "";
        private long bytes;
        private @Nullable Instant uploaded;
        private final Set<String> nodes = new TreeSet<>();

        private JsonObject toJson(Version version) {
            JsonObject json = new JsonObject();
            json.addProperty("version", version.toString());
            json.addProperty("bundle", bundle);
            json.addProperty("sha256", sha256);
            json.addProperty("bytes", bytes);
            json.add("uploaded", uploaded == null ? JsonNull.INSTANCE : text(uploaded.toString()));
            JsonArray array = new JsonArray();
            nodes.forEach(array::add);
            json.add("nodes", array);
            return json;
        }
    }

    private static JsonElement text(String text) {
        return new JsonPrimitive(text);
    }

    /** As {@code GET /api/algorithms}. */
    JsonObject toJson() {
        Map<String, Map<Version, Gathered>> found = new TreeMap<>();
        containers().forEach(offer -> {
            Gathered one = gathered(found, text(offer, "name"), text(offer, "version"));
            one.bundle = text(offer, "bundle");
            one.sha256 = text(offer, "sha256");
        });
        for (Member member : fleet.members()) {
            if (member.state() == Member.State.LIVE) {
                slots(member)
                        .forEach(slot -> gathered(found, text(slot, "algorithm"), text(slot, "version"))
                                .nodes
                                .add(member.id().toString()));
            }
        }
        bundles.all()
                .forEach(kept -> kept.facts()
                        .algorithms()
                        .forEach(name -> enter(
                                gathered(found, name, kept.facts().version().toString()), kept)));
        return toJson(found);
    }

    private static void enter(Gathered one, Kept kept) {
        one.bundle = kept.facts().bundle();
        one.sha256 = kept.sha256();
        one.bytes = kept.bytes();
        one.uploaded = kept.uploaded();
    }

    private static JsonObject toJson(Map<String, Map<Version, Gathered>> found) {
        JsonArray algorithms = new JsonArray();
        found.forEach((name, versions) -> {
            JsonArray array = new JsonArray();
            versions.forEach((version, one) -> array.add(one.toJson(version)));
            JsonObject algorithm = new JsonObject();
            algorithm.addProperty("name", name);
            algorithm.add("versions", array);
            algorithms.add(algorithm);
        });
        JsonObject json = new JsonObject();
        json.add("algorithms", algorithms);
        return json;
    }

    private static Gathered gathered(Map<String, Map<Version, Gathered>> found, String name, String version) {
        return found.computeIfAbsent(name, any -> new TreeMap<>())
                .computeIfAbsent(version(version), any -> new Gathered());
    }

    /** What a container says is not ours to trust. */
    private static Version version(String text) {
        try {
            return Version.parseVersion(text);
        } catch (IllegalArgumentException e) {
            return Version.emptyVersion;
        }
    }

    private static List<JsonObject> slots(Member member) {
        return objects(member.status().get("slots"));
    }

    private static List<JsonObject> objects(@Nullable JsonElement array) {
        return array == null || !array.isJsonArray()
                ? List.of()
                : array.getAsJsonArray().asList().stream()
                        .filter(JsonElement::isJsonObject)
                        .map(JsonElement::getAsJsonObject)
                        .filter(object -> !text(object, "version").isEmpty())
                        .toList();
    }

    private static String text(JsonObject object, String key) {
        JsonElement value = object.get(key);
        return value == null || !value.isJsonPrimitive() ? "" : value.getAsString();
    }

    private synchronized List<JsonObject> containers() {
        if (!asked || System.nanoTime() - askedAt > FRESH.toNanos()) {
            JsonObject command = new JsonObject();
            command.addProperty("do", "algorithms");
            List<CompletableFuture<JsonElement>> answers = fleet.homes().stream()
                    .map(Home::id)
                    .map(id -> fleet.orderHome(id, command, "")
                            .completeOnTimeout(new JsonObject(), LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                            .exceptionally(e -> new JsonObject()))
                    .toList();
            inContainers = answers.stream()
                    .map(CompletableFuture::join)
                    .filter(JsonElement::isJsonObject)
                    .flatMap(
                            answer -> objects(Objects.requireNonNullElse(
                                            answer.getAsJsonObject().get("algorithms"), JsonNull.INSTANCE))
                                    .stream())
                    .toList();
            askedAt = System.nanoTime();
            asked = true;
        }
        return inContainers;
    }
}
